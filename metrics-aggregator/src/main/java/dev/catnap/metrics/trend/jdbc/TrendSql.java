package dev.catnap.metrics.trend.jdbc;

import dev.catnap.metrics.history.jdbc.QuarterDays;
import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.usage.jdbc.WholeDays;
import dev.catnap.metrics.window.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** The statements behind the metrics; each gives {@code bin} and {@code value}. */
final class TrendSql {
  private static final String STEP = "(:micros * interval '1 microsecond')";

  /** Each interval in the steps it reaches into, clipped to them; and sums of whole quarters. */
  private static final String STATES =
      """
      WITH clipped AS (
        SELECT bin, state, state_before, started_at >= greatest(bin, :from) AS came,
          least(ended_at, bin + STEP, :to) - greatest(started_at, bin) AS time
        FROM INTERVALS
        CROSS JOIN LATERAL generate_series(
          date_bin(STEP, greatest(started_at, :from), :from),
          greatest(started_at, :from, least(ended_at, :to) - interval '1 microsecond'),
          STEP) AS bin
      ), sums AS (
        SELECT bin, FIGURES FROM clipped GROUP BY bin
        SUMS
      )
      SELECT bin, VALUE AS value FROM sums GROUP BY bin
      """
          .replace("FIGURES", QuarterDays.figures("time", "came"));

  private static final String ALL_INTERVALS =
      """
      (SELECT * FROM state_interval
        WHERE started_at < :to AND (ended_at IS NULL OR ended_at > :from OR started_at >= :from)
          AND SERVICE) AS i
      """;

  private static final String WHOLE_QUARTERS =
      "UNION ALL SELECT date_bin(STEP, bucket, :from) AS bin, "
          + QuarterDays.COLUMNS
          + " FROM "
          + QuarterDays.WHOLE;

  private static final String OBSERVED =
      "sum(running + sleeping + stopped + in_transition + failed + unknown)";

  private static final String USAGE =
      """
      SELECT bin, sum(value) AS value FROM (
        SELECT date_bin(STEP, bucket, :from) AS bin, VALUE AS value
        FROM %s WHERE bucket >= :from AND bucket < :to AND SERVICE
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
          FROM %s CROSS JOIN LATERAL unnest(VALUE) AS e
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
      FROM %s
      WHERE kind = 'request' AND bucket >= :from AND bucket < :to AND SERVICE
      GROUP BY bin
      """;

  static final String KNOWN_SINCE =
      "SELECT min(started_at) AS since FROM state_interval WHERE SERVICE";

  private TrendSql() {}

  /** Takes the argument {@code share} where the question has one. */
  static String of(Question asked) {
    return of(asked, false);
  }

  /**
   * For one step that is the whole window; see {@link #readsWholeDays}. Whatever is read of states
   * takes the arguments of {@link QuarterDays}.
   */
  static String ofWhole(Question asked) {
    return of(asked, true);
  }

  /** Whether {@link #ofWhole} takes the arguments of {@link WholeDays}. */
  static boolean readsWholeDays(Question asked) {
    return asked.metric().isSummed() && bucket(asked.step()) != Bucket.MINUTE;
  }

  private static String of(Question asked, boolean whole) {
    boolean wholeDays = whole && readsWholeDays(asked);
    boolean mean = asked.share() == null;
    Bucket size = bucket(asked.step());
    String usage = wholeDays ? WholeDays.of("usage") : table("usage", size);
    String states =
        whole || isOfQuarters(asked)
            ? STATES.replace("INTERVALS", QuarterDays.LOOSE).replace("SUMS", WHOLE_QUARTERS)
            : STATES.replace("INTERVALS", ALL_INTERVALS).replace("SUMS", "");
    String activity = wholeDays ? WholeDays.of("activity") : table("activity", size);
    return switch (asked.metric()) {
      case CPU_CORES ->
          mean
              ? usage("sum(cpu_core_micros) / (1000 * sum(sampled_millis))", usage)
              : filled(USAGE_PERCENTILE, "cpu_sketch").replace("%s", usage);
      case MEMORY_BYTES ->
          mean
              ? usage("sum(memory_byte_millis) / sum(sampled_millis)", usage)
              : filled(USAGE_PERCENTILE, "memory_sketch").replace("%s", usage);
      case NETWORK_RX_BYTES -> usage("sum(network_rx_bytes)", usage);
      case NETWORK_TX_BYTES -> usage("sum(network_tx_bytes)", usage);
      case REQUESTS -> filled(REQUESTS, "").replace("%s", activity);
      case WAKES -> filled(WAKES, "count(*)");
      case WAKE_LATENCY, WAKE_LATENCY_P50, WAKE_LATENCY_P95, WAKE_LATENCY_P99 ->
          filled(WAKES, "percentile_disc(:share) WITHIN GROUP (ORDER BY latency_micros) / 1000.0");
      case SLEEPS -> filled(states, "sum(sleeps)");
      case SLEEP_SHARE ->
          filled(states, seconds("sum(sleeping)") + " / nullif(" + seconds(OBSERVED) + ", 0)");
      case RUNNING_CONTAINERS ->
          filled(
              states,
              seconds("sum(running)")
                  + " / nullif("
                  + seconds("least(bin + STEP, :to) - bin")
                  + ", 0)");
    };
  }

  private static String seconds(String interval) {
    return "extract(epoch FROM " + interval + ")";
  }

  /** Sums of quarters serve where each lies in one step. */
  private static boolean isOfQuarters(Question asked) {
    Instant from = asked.window().from();
    return asked.step().toMillis() % QuarterDays.SIZE.toMillis() == 0
        && QuarterDays.floor(from).equals(from);
  }

  private static String usage(String value, String rows) {
    return filled(USAGE, value).replace("%s", rows);
  }

  /** The longest sums that make up a step. Each has the sketch of all samples in it. */
  private static Bucket bucket(Duration atMost) {
    if (atMost.compareTo(Bucket.DAY.size()) >= 0) {
      return Bucket.DAY;
    }
    return atMost.compareTo(Bucket.HOUR.size()) >= 0 ? Bucket.HOUR : Bucket.MINUTE;
  }

  private static String table(String sums, Bucket size) {
    return sums + "_" + size.name().toLowerCase(Locale.ROOT);
  }

  private static String filled(String sql, String value) {
    return sql.replace("VALUE", value).replace("STEP", STEP);
  }
}
