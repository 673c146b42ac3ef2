package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.ledger.UsageLevels;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Up to where each container is booked. A fact moves that back to the hour it reaches to, in the
 * transaction that stores it; booking moves it forth again. To be called within a transaction.
 *
 * <p>Facts of more than 1100 days ago are priced whenever somebody asks, and not booked: one record
 * of an absurd time must not fill the ledger.
 */
final class BuiltStore {
  private static final String TOUCH =
      """
      INSERT INTO ledger_container AS c (service, container, built_from, built_to, touched_at)
      SELECT service, container, hour, hour,
        CASE WHEN hour < date_trunc('month', now(), 'UTC') THEN now() END
      FROM (
        SELECT service, container,
          date_trunc('hour', greatest(
            min(at - ?::interval), now() - interval '1100 days'), 'UTC') AS hour
        FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, at)
        GROUP BY service, container
      ) t
      WHERE NOT EXISTS (SELECT FROM ledger_container k
        WHERE k.service = t.service AND k.container = t.container
          AND k.built_to <= t.hour AND k.built_from <= t.hour)
      ON CONFLICT (service, container) DO UPDATE SET
        built_from = least(c.built_from, excluded.built_from),
        built_to = least(c.built_to, excluded.built_to),
        touched_at = coalesce(excluded.touched_at, c.touched_at)
      """;

  private static final String DUE =
      """
      SELECT service, container, built_to, least(?, built_to + ?::interval)
      FROM ledger_container
      WHERE built_to < ? AND (?::text[] IS NULL OR service = ANY (?::text[]))
      ORDER BY built_to, service, container LIMIT ?
      """;

  /** With what the mean is made of there, see {@link HourReader}. */
  private static final String ADVANCE =
      """
      UPDATE ledger_container c SET built_to = t.till, mean_at = t.till, mean_hours = m.hours,
        mean_first = m.first, mean_last = m.last,
        mean_nano_core_limit = m.nano_core_limit, mean_byte_limit = m.byte_limit,
        mean_nano_core_micros = m.nano_core_micros, mean_cpu_micros = m.cpu_micros,
        mean_byte_micros = m.byte_micros, mean_memory_micros = m.memory_micros
      FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, till)
      CROSS JOIN LATERAL (
        SELECT count(*) AS hours, min(hour) AS first, max(hour) AS last,
          (array_agg(nano_core_limit ORDER BY hour DESC))[1] AS nano_core_limit,
          (array_agg(byte_limit ORDER BY hour DESC))[1] AS byte_limit,
          sum(nano_core_micros) AS nano_core_micros, sum(cpu_micros) AS cpu_micros,
          sum(byte_micros) AS byte_micros, sum(memory_micros) AS memory_micros
        FROM (
          SELECT * FROM usage_hour h
          WHERE h.service = t.service AND h.container = t.container
            AND NOT h.asleep AND h.hour < t.till
          ORDER BY h.hour DESC LIMIT ?
        ) x
      ) m
      WHERE c.service = t.service AND c.container = t.container
      """;

  private final JdbcTemplate jdbc;

  BuiltStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** What follows from the time named on is to be booked again. */
  void touch(Collection<Touched> touched) {
    touch(touched, "0");
  }

  /** The same for times that end what they are about. */
  void touchBefore(Collection<Touched> touched) {
    touch(touched, "1 microsecond");
  }

  private void touch(Collection<Touched> touched, String before) {
    if (!touched.isEmpty()) {
      Object[] keys = SpanStore.keys(touched);
      jdbc.update(TOUCH, before, keys[0], keys[1], keys[2]);
    }
  }

  /** Everything from here on is to be booked again. */
  void touchAll(Instant since) {
    jdbc.update(
        """
        UPDATE ledger_container
        SET built_to = least(built_to, greatest(built_from, date_trunc('hour', ?, 'UTC')))
        """,
        Timestamp.from(since));
  }

  /**
   * What is to be booked, what is furthest behind first.
   *
   * @param to a full hour, up to which
   * @param longest of a stretch
   * @param services only these; null: all
   */
  List<Stretch> due(Instant to, Duration longest, int most, @Nullable Collection<String> services) {
    String[] names = services == null ? null : services.toArray(String[]::new);
    return jdbc.query(
        DUE,
        (row, number) ->
            new Stretch(
                row.getString(1),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant()),
        Timestamp.from(to),
        longest.toHours() + " hours",
        Timestamp.from(to),
        names,
        names,
        most);
  }

  /** Notes that these are booked. */
  void advance(Collection<Stretch> booked) {
    Object[] columns =
        new Columns<>(booked)
            .with(Stretch::service)
            .with(Stretch::container)
            .time(Stretch::to)
            .arguments();
    jdbc.update(ADVANCE, columns[0], columns[1], columns[2], UsageLevels.LOOK_BACK_HOURS);
  }

  /** Whether everything is booked up to a time. */
  boolean isBuiltTo(Instant time) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "SELECT NOT EXISTS (SELECT FROM ledger_container WHERE built_to < ?)",
            Boolean.class,
            Timestamp.from(time)));
  }

  /** When last a fact of an earlier month came; null: never. */
  @Nullable Instant lastTouched() {
    OffsetDateTime last =
        jdbc.queryForObject("SELECT max(touched_at) FROM ledger_container", OffsetDateTime.class);
    return last == null ? null : last.toInstant();
  }
}
