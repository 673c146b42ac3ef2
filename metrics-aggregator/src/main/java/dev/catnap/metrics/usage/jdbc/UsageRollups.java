package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Computes buckets of usage from what they consist of: minutes from samples, hours from minutes,
 * days from hours. All are sums, counts and extremes of whole numbers, so the order of rows plays
 * no part. Each bucket is looked up by its key, however many there are: the plan cannot turn into a
 * scan of everything.
 */
public final class UsageRollups {
  private static final String TOUCHED =
      "FROM unnest(?::text[], ?::text[], ?::bigint[]) AS k (service, container, micros)\n"
          + "CROSS JOIN LATERAL (SELECT "
          + Columns.AT.formatted("k.micros")
          + " AS bucket) t\n";

  private static final String SET =
      """
      WHERE a.samples > 0
      ON CONFLICT (service, container, bucket) DO UPDATE SET
        samples = excluded.samples, sampled_millis = excluded.sampled_millis,
        cpu_core_micros = excluded.cpu_core_micros, cpu_cores_max = excluded.cpu_cores_max,
        memory_byte_millis = excluded.memory_byte_millis,
        memory_bytes_max = excluded.memory_bytes_max, memory_bytes_min = excluded.memory_bytes_min,
        network_rx_bytes = excluded.network_rx_bytes, network_tx_bytes = excluded.network_tx_bytes,
        block_read_bytes = excluded.block_read_bytes,
        block_write_bytes = excluded.block_write_bytes, last_at = excluded.last_at,
        cpu_sketch = excluded.cpu_sketch, memory_sketch = excluded.memory_sketch
      """;

  private static final String INSERT =
      """
       (service, container, bucket, samples, sampled_millis, cpu_core_micros,
        cpu_cores_max, memory_byte_millis, memory_bytes_max, memory_bytes_min,
        network_rx_bytes, network_tx_bytes, block_read_bytes, block_write_bytes, last_at,
        cpu_sketch, memory_sketch)
      """;

  private static final String OF_KEYS = "SELECT k.service, k.container, t.bucket, a.*\n";

  /** Of so few values the sketch is one entry a sample. */
  private static final String OF_SAMPLES =
      """
      count(*) AS samples, sum(s.window_millis),
        sum(s.cpu_core_micros), max(s.cpu_cores),
        sum(s.memory_bytes::numeric * s.window_millis), max(s.memory_bytes),
        min(s.memory_bytes), sum(s.network_rx_bytes), sum(s.network_tx_bytes),
        sum(s.block_read_bytes), sum(s.block_write_bytes), max(s.at),
        array_agg(sketch_entry(s.cpu_slot, 1) ORDER BY s.cpu_slot),
        array_agg(sketch_entry(s.memory_slot, 1) ORDER BY s.memory_slot)
      """;

  private static final String MINUTES =
      "INSERT INTO usage_minute"
          + INSERT
          + OF_KEYS
          + TOUCHED
          + "CROSS JOIN LATERAL (SELECT "
          + OF_SAMPLES
          + """
            FROM resource_sample s WHERE s.service = k.service AND s.container = k.container
              AND s.at >= t.bucket AND s.at < t.bucket + interval '1 minute') a
          """
          + SET;

  /** Of a table of one day. */
  private static final String MINUTES_OF_A_DAY =
      "INSERT INTO usage_minute"
          + INSERT
          + "SELECT s.service, s.container, date_bin('1 minute', s.at, 'epoch') AS bucket, "
          + OF_SAMPLES
          + "FROM %s s GROUP BY s.service, s.container, bucket";

  private static final String HOURS_OF_A_DAY =
      """
      SELECT DISTINCT service, container, date_bin('1 hour', bucket, 'epoch') AS hour
      FROM usage_minute WHERE bucket >= ? AND bucket < ?
      """;

  private static final String HOURS = coarser("usage_hour", "usage_minute", "1 hour");
  private static final String DAYS = coarser("usage_day", "usage_hour", "24 hours");

  private final JdbcTemplate jdbc;

  public UsageRollups(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Computes these minutes again. */
  public void rollMinutes(Collection<Mark> minutes) {
    jdbc.update(MINUTES, keys(minutes));
  }

  /** Computes these hours again, and the days they lie in. */
  public void rollHours(Collection<Mark> hours) {
    jdbc.update(HOURS, keys(hours));
    jdbc.update(DAYS, keys(within(Bucket.DAY, hours)));
  }

  /**
   * Sums up all of a day (UTC) at once, of which there are no sums by the minute yet.
   *
   * @param details the table of that day, which need not be part of {@code resource_sample} yet
   * @param from when it begins
   */
  public void rollDay(String details, Instant from) {
    jdbc.update(MINUTES_OF_A_DAY.formatted(details));
    OffsetDateTime begin = Times.argument(from);
    rollHours(
        jdbc.query(
            HOURS_OF_A_DAY,
            (row, number) ->
                new Mark(row.getString(1), row.getString(2), Times.required(row, "hour")),
            begin,
            begin.plusDays(1)));
  }

  /** The larger buckets that these lie in. */
  public static Set<Mark> within(Bucket size, Collection<Mark> buckets) {
    return buckets.stream()
        .map(mark -> new Mark(mark.service(), mark.part(), size.floor(mark.bucket())))
        .collect(Collectors.toCollection(HashSet::new));
  }

  static Object[] keys(Collection<Mark> buckets) {
    return Columns.of(buckets)
        .text(Mark::service)
        .text(Mark::part)
        .micros(Mark::bucket)
        .arguments();
  }

  private static String coarser(String table, String from, String size) {
    return "INSERT INTO "
        + table
        + INSERT
        + OF_KEYS
        + TOUCHED
        + """
        CROSS JOIN LATERAL (SELECT sum(u.samples) AS samples, sum(u.sampled_millis),
            sum(u.cpu_core_micros), max(u.cpu_cores_max), sum(u.memory_byte_millis),
            max(u.memory_bytes_max), min(u.memory_bytes_min), sum(u.network_rx_bytes),
            sum(u.network_tx_bytes), sum(u.block_read_bytes), sum(u.block_write_bytes),
            max(u.last_at), %1$s, %2$s
          FROM %3$s u WHERE u.service = k.service AND u.container = k.container
            AND u.bucket >= t.bucket AND u.bucket < t.bucket + interval '%4$s') a
        """
            .formatted(
                merged("cpu_sketch", from, size), merged("memory_sketch", from, size), from, size)
        + SET;
  }

  private static String merged(String sketch, String from, String size) {
    return """
    (SELECT coalesce(array_agg(sketch_entry(slot, n) ORDER BY slot), '{}')
      FROM (SELECT e >> 20 AS slot, sum(e & 1048575)::bigint AS n
        FROM %2$s m CROSS JOIN LATERAL unnest(m.%1$s) AS e
        WHERE m.service = k.service AND m.container = k.container
          AND m.bucket >= t.bucket AND m.bucket < t.bucket + interval '%3$s'
        GROUP BY 1) slots)
    """
        .formatted(sketch, from, size);
  }
}
