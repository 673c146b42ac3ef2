package dev.catnap.metrics.trend;

import java.util.Arrays;

/**
 * The middle of some values and how far they lie from it, neither of which a few outliers move.
 *
 * @param median the middle, or the mean of the two middle ones
 * @param mad the median of the distances from it (median absolute deviation), not scaled
 */
public record Robust(double median, double mad) {
  /**
   * @param values at least one
   */
  public static Robust of(double[] values) {
    double median = median(values);
    double[] distances = Arrays.stream(values).map(value -> Math.abs(value - median)).toArray();
    return new Robust(median, median(distances));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
