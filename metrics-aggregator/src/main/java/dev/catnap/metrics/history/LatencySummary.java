package dev.catnap.metrics.history;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Latency of wakes, in milliseconds. Percentiles are of the exact values: the smallest that at
 * least that share does not exceed.
 *
 * @param count wakes
 * @param measured those of them whose latency is known; the rest speaks of these, and is null where
 *     there are none
 */
public record LatencySummary(
    long count,
    long measured,
    @Nullable Double mean,
    @Nullable Double p50,
    @Nullable Double p90,
    @Nullable Double p95,
    @Nullable Double p99,
    @Nullable Double max) {
  public static final LatencySummary NONE =
      new LatencySummary(0, 0, null, null, null, null, null, null);

  private static final double MICROS_PER_MILLI = 1_000;

  /**
   * @param count wakes, at least as many as there are values
   * @param micros microseconds of those that are known, in any order
   */
  public static LatencySummary of(long count, long[] micros) {
    if (micros.length == 0) {
      return new LatencySummary(count, 0, null, null, null, null, null, null);
    }
    long[] sorted = micros.clone();
    Arrays.sort(sorted);
    return new LatencySummary(
        count,
        sorted.length,
        Math.round(Arrays.stream(sorted).average().orElse(0)) / MICROS_PER_MILLI,
        millis(sorted, 0.5),
        millis(sorted, 0.9),
        millis(sorted, 0.95),
        millis(sorted, 0.99),
        millis(sorted, 1));
  }

  private static double millis(long[] sorted, double share) {
    int rank = Math.max(1, (int) Math.ceil(share * sorted.length));
    return sorted[rank - 1] / MICROS_PER_MILLI;
  }
}
