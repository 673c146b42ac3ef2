package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.ledger.StorageHour;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.events.ResourceSample;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Disk by the hour. A sample belongs to the hour it ends in, as in {@link HourStore}. */
final class StorageStore {
  /** Of an hour whose samples are deleted nothing is found, and its sums stand. */
  private static final String SUM =
      """
      INSERT INTO storage_hour (service, container, hour, byte_sum, measures)
      SELECT t.service, t.container, t.hour, sum(s.storage_bytes), count(*)
      FROM (
        SELECT DISTINCT service, container,
          date_trunc('hour', at - interval '1 microsecond', 'UTC') AS hour
        FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS n (service, container, at)
      ) t
      JOIN sample s ON s.service = t.service AND s.container = t.container
        AND s.at > t.hour AND s.at <= t.hour + interval '1 hour'
        AND s.storage_bytes IS NOT NULL
      GROUP BY t.service, t.container, t.hour
      ON CONFLICT (service, container, hour) DO UPDATE
      SET byte_sum = excluded.byte_sum, measures = excluded.measures
      """;

  /** Those of each stretch, and the last one before it. */
  private static final String HOURS =
      """
      SELECT c.service, c.container, h.hour, h.byte_sum, h.measures
      FROM (
        SELECT service, container, till, date_trunc('hour', since, 'UTC') AS first
        FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
          AS n (service, container, since, till)
      ) c
      CROSS JOIN LATERAL (
        (SELECT hour, byte_sum, measures FROM storage_hour b
         WHERE b.service = c.service AND b.container = c.container AND b.hour < c.first
         ORDER BY b.hour DESC LIMIT 1)
        UNION ALL
        SELECT hour, byte_sum, measures FROM storage_hour w
        WHERE w.service = c.service AND w.container = c.container
          AND w.hour >= c.first AND w.hour < c.till
      ) h
      """;

  private final JdbcTemplate jdbc;

  StorageStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** To be called once the samples are stored; known ones change nothing. */
  void sumAfterSamples(Collection<ResourceSample> samples) {
    List<ResourceSample> measured =
        samples.stream().filter(sample -> sample.storageBytes() != null).toList();
    if (!measured.isEmpty()) {
      jdbc.update(
          SUM,
          new Columns<>(measured)
              .with(ResourceSample::service)
              .with(ResourceSample::container)
              .time(ResourceSample::at)
              .arguments());
    }
  }

  Map<ContainerKey, List<StorageHour>> read(Collection<Stretch> stretches) {
    Map<ContainerKey, List<StorageHour>> hours = new HashMap<>();
    jdbc.query(
        HOURS,
        row -> {
          hours
              .computeIfAbsent(ContainerKey.of(row), any -> new ArrayList<>())
              .add(
                  new StorageHour(
                      row.getObject("hour", OffsetDateTime.class).toInstant(),
                      row.getObject("byte_sum", BigDecimal.class).toBigInteger(),
                      row.getLong("measures")));
        },
        HistoryReader.columns(stretches));
    return hours;
  }
}
