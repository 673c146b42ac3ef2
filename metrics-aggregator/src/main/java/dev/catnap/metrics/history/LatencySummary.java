package dev.catnap.metrics.history;

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
}
