package dev.catnap.metrics.trend.jdbc;

import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.window.Bucket;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The statements behind the metrics; each gives {@code bin} and {@code value}. */
final class TrendSql {
  private static final String STEP = "(:micros * interval '1 microsecond')";

  /** Each interval in the steps it reaches into, clipped to them. */
  private static final String STATES =
      """
      WITH clipped AS (
        SELECT bin, service, container, state,
          CASE WHEN started_at >= greatest(bin, :from) AND state = 'SLEEPING'
            AND state_before NOT IN ('SLEEPING', 'UNKNOWN') THEN 1 ELSE 0 END AS slept,
          extract(epoch FROM least(coalesce(ended_at, 'infinity'), bin + STEP, :to)
            - greatest(started_at, bin)) AS seconds,
          extract(epoch FROM least(bin + STEP, :to) - bin) AS bin_seconds
        FROM state_interval
        CROSS JOIN LATERAL generate_series(
          date_bin(STEP, greatest(started_at, :from), :from),
          greatest(started_at, :from,
            least(coalesce(ended_at, 'infinity'), :to) - interval '1 microsecond'),
          STEP) AS bin
        WHERE started_at < :to AND (ended_at IS NULL OR ended_at > :from OR started_at >= :from) AND SERVICE
      )
      SELECT bin, VALUE AS value FROM clipped GROUP BY bin
      """;

  private static final String USAGE =
      """
      SELECT bin, sum(value) AS value FROM (
        SELECT date_bin(STEP, bucket, :from) AS bin, VALUE AS value
        FROM usage_%s WHERE bucket >= :from AND bucket < :to AND SERVICE
        GROUP BY bin, service, container) c
      GROUP BY bin
      """;

  /**
   * The slot of the sketch in which the percentile of the samples in a step lies; see {@link
   * dev.catnap.metrics.sketch.Sketch} for how an entry is made up.
   */
  private static final String USAGE_PERCENTILE =
      """
      SELECT bin, min(slot) AS value FROM (
        SELECT bin, slot, sum(n) OVER (PARTITION BY bin ORDER BY slot) AS seen,
          sum(n) OVER (PARTITION BY bin) AS total
        FROM (SELECT date_bin(STEP, bucket, :from) AS bin, e >> 20 AS slot, sum(e & 1048575) AS n
          FROM usage_%s CROSS JOIN LATERAL unnest(VALUE) AS e
          WHERE bucket >= :from AND bucket < :to AND SERVICE
          GROUP BY bin, slot) c) r
      WHERE seen >= ceil(:share * total) GROUP BY bin
      """;

  private static final String WAKES =
      """
      SELECT date_bin(STEP, ended_at, :from) AS bin, VALUE AS value
      FROM wake WHERE succeeded AND ended_at >= :from AND ended_at < :to AND SERVICE
      GROUP BY bin
      """;

  private static final String REQUESTS =
      """
      SELECT date_bin(STEP, bucket, :from) AS bin, sum(count) AS value
      FROM activity_%s
      WHERE kind = 'request' AND bucket >= :from AND bucket < :to AND SERVICE
      GROUP BY bin
      """;

  static final String KNOWN_SINCE =
      "SELECT min(started_at) AS since FROM state_interval WHERE SERVICE";

  private TrendSql() {}

  /**
   * With the condition on services, which is the argument {@code services}. One is compared as one:
   * the database would not guess how few rows a list of one has.
   *
   * @param services null: all
   */
  static String ofServices(String sql, @Nullable Collection<String> services) {
    if (services == null) {
      return sql.replace("SERVICE", "true");
    }
    String list = "CAST(:services AS text[])";
    return sql.replace(
        "SERVICE",
        services.size() == 1 ? "service = (" + list + ")[1]" : "service = ANY(" + list + ")");
  }

  /** Takes the argument {@code share} where the question has one. */
  static String of(Question asked) {
    boolean mean = asked.share() == null;
    Duration step = asked.step();
    return switch (asked.metric()) {
      case CPU_CORES ->
          mean
              ? usage("sum(cpu_core_micros) / (1000 * sum(sampled_millis))", step)
              : percentile("cpu_sketch", step);
      case MEMORY_BYTES ->
          mean
              ? usage("sum(memory_byte_millis) / sum(sampled_millis)", step)
              : percentile("memory_sketch", step);
      case NETWORK_RX_BYTES -> usage("sum(network_rx_bytes)", step);
      case NETWORK_TX_BYTES -> usage("sum(network_tx_bytes)", step);
      case REQUESTS -> filled(REQUESTS, "").replace("%s", table(step));
      case WAKES -> filled(WAKES, "count(*)");
      case WAKE_LATENCY, WAKE_LATENCY_P50, WAKE_LATENCY_P95, WAKE_LATENCY_P99 ->
          filled(WAKES, "percentile_disc(:share) WITHIN GROUP (ORDER BY latency_micros) / 1000.0");
      case SLEEPS -> filled(STATES, "sum(slept)");
      case SLEEP_SHARE ->
          filled(
              STATES,
              "coalesce(sum(seconds) FILTER (WHERE state = 'SLEEPING'), 0)"
                  + " / nullif(sum(seconds), 0)");
      case RUNNING_CONTAINERS ->
          filled(
              STATES,
              "coalesce(sum(seconds) FILTER (WHERE state = 'RUNNING'), 0)"
                  + " / nullif(max(bin_seconds), 0)");
    };
  }

  private static String usage(String value, Duration step) {
    return filled(USAGE, value).replace("%s", table(step));
  }

  private static String percentile(String value, Duration step) {
    // An hour has a minute's resolution, a day an hour's: a step of one bucket would have one
    // value.
    return filled(USAGE_PERCENTILE, value).replace("%s", table(step.dividedBy(2)));
  }

  private static String table(Duration step) {
    Bucket bucket = Bucket.MINUTE;
    if (step.compareTo(Bucket.DAY.size()) >= 0) {
      bucket = Bucket.DAY;
    } else if (step.compareTo(Bucket.HOUR.size()) >= 0) {
      bucket = Bucket.HOUR;
    }
    return bucket.name().toLowerCase(Locale.ROOT);
  }

  private static String filled(String sql, String value) {
    return sql.replace("STEP", STEP).replace("VALUE", value);
  }
}
