package dev.catnap.metrics.history.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sums up wakes by minute, hour and day, each from the wakes themselves, which are few. A wake may
 * move when a change before it comes late, so what is computed again is first forgotten.
 */
public final class WakeRollups {
  private static final String INSERT =
      """
      INSERT INTO %s (service, container, woken_from, bucket, wakes, failed, measured,
        latency_micros, latency_micros_max, latency_sketch)
      """;

  /** What a bucket says, of the counts by slot. */
  private static final String FIGURES =
      """
      sum(wakes), sum(failed), sum(measured), sum(micros), max(longest), coalesce(
        array_agg(sketch_entry(slot, measured) ORDER BY slot) FILTER (WHERE measured > 0), '{}')
      """;

  private static final String COUNTS =
      """
      sketch_slot(latency_micros) AS slot,
        count(*) FILTER (WHERE succeeded) AS wakes,
        count(*) FILTER (WHERE NOT succeeded) AS failed,
        count(latency_micros) FILTER (WHERE succeeded) AS measured,
        coalesce(sum(latency_micros) FILTER (WHERE succeeded), 0) AS micros,
        max(latency_micros) FILTER (WHERE succeeded) AS longest
      """;

  private final JdbcTemplate jdbc;

  public WakeRollups(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Computes these minutes again, and the hours and days they lie in. */
  public void roll(Collection<Mark> minutes) {
    if (minutes.isEmpty()) {
      return;
    }
    roll("wake_minute", "1 minute", Set.copyOf(minutes));
    roll("wake_hour", "1 hour", within(Bucket.HOUR, minutes));
    roll("wake_day", "24 hours", within(Bucket.DAY, minutes));
  }

  private static Set<Mark> within(Bucket size, Collection<Mark> minutes) {
    return minutes.stream()
        .map(mark -> new Mark(mark.service(), mark.part(), size.floor(mark.bucket())))
        .collect(Collectors.toSet());
  }

  private void roll(String table, String size, Set<Mark> buckets) {
    Object[] keys =
        Columns.of(buckets).text(Mark::service).text(Mark::part).micros(Mark::bucket).arguments();
    String touched =
        "unnest(?::text[], ?::text[], ?::bigint[]) AS k (service, container, micros)\n";
    String bucket = Columns.AT.formatted("k.micros");
    jdbc.update(
        "DELETE FROM %s w USING %s WHERE w.service = k.service AND w.container = k.container AND w.bucket = %s"
            .formatted(table, touched, bucket),
        keys);
    jdbc.update(
        INSERT.formatted(table)
            + """
            SELECT k.service, k.container, w.*
            FROM %1$s CROSS JOIN LATERAL (
              SELECT woken_from, %2$s, FIGURES
              FROM (SELECT woken_from, COUNTS
                FROM wake WHERE service = k.service AND container = k.container
                  AND ended_at >= %2$s AND ended_at < %2$s + interval '%3$s'
                GROUP BY woken_from, slot) slots
              GROUP BY woken_from) w
            """
                .formatted(touched, bucket, size)
                .replace("FIGURES", FIGURES)
                .replace("COUNTS", COUNTS),
        keys);
  }

  /** The days (UTC) in which wakes ended. */
  public List<LocalDate> days() {
    return jdbc.query(
        "SELECT DISTINCT (ended_at AT TIME ZONE 'UTC')::date FROM wake ORDER BY 1",
        (row, number) -> row.getObject(1, LocalDate.class));
  }

  /**
   * Sums up all of a day (UTC) at once, where most of its minutes are new.
   *
   * @param from when it begins
   */
  public void rollDay(Instant from) {
    OffsetDateTime begin = Times.argument(from);
    OffsetDateTime end = begin.plusDays(1);
    whole("wake_minute", "1 minute", begin, end);
    whole("wake_hour", "1 hour", begin, end);
    whole("wake_day", "24 hours", begin, end);
  }

  private void whole(String table, String size, OffsetDateTime begin, OffsetDateTime end) {
    jdbc.update("DELETE FROM " + table + " WHERE bucket >= ? AND bucket < ?", begin, end);
    jdbc.update(
        INSERT.formatted(table)
            + """
            SELECT service, container, woken_from, bucket, FIGURES
            FROM (SELECT service, container, woken_from, date_bin('%s', ended_at, 'epoch') AS bucket,
                COUNTS
              FROM wake WHERE ended_at >= ? AND ended_at < ?
              GROUP BY service, container, woken_from, bucket, slot) slots
            GROUP BY service, container, woken_from, bucket
            """
                .formatted(size)
                .replace("FIGURES", FIGURES)
                .replace("COUNTS", COUNTS),
        begin,
        end);
  }
}
