package dev.catnap.metrics.recommendation;

import java.util.Arrays;

/**
 * A line through points that outliers do not bend: the median of the slopes of all pairs (Theil
 * 1950, Sen 1968).
 *
 * @param slope per unit of x
 * @param intercept the median of {@code y - slope x}
 */
record TheilSen(double slope, double intercept) {
  /**
   * Looks at n x (n - 1) / 2 pairs.
   *
   * @param x all different; as many as {@code y}, at least two
   */
  static TheilSen of(double[] x, double[] y) {
    int n = x.length;
    double[] slopes = new double[n * (n - 1) / 2];
    int next = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[next++] = (y[j] - y[i]) / (x[j] - x[i]);
      }
    }
    double slope = median(slopes);
    double[] rest = new double[n];
    Arrays.setAll(rest, i -> y[i] - slope * x[i]);
    return new TheilSen(slope, median(rest));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
