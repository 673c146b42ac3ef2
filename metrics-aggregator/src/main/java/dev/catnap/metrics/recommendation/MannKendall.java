package dev.catnap.metrics.recommendation;

import java.util.Arrays;

/**
 * Whether a series rises or falls at all, whatever the shape (Mann 1945, Kendall 1975): each pair
 * counts +1 where the later is larger, -1 where it is smaller. Corrected for ties and, by 1, for
 * continuity.
 *
 * @param s the sum over all pairs
 * @param p of so much by chance, two-sided; 1 where all values are equal
 */
record MannKendall(long s, double p) {
  /**
   * @param values in order of time, at least 8 for the normal approximation to hold
   */
  static MannKendall of(double[] values) {
    int n = values.length;
    long s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        s += (long) Math.signum(values[j] - values[i]);
      }
    }
    double variance = (spread(n) - ties(values)) / 18;
    if (s == 0 || variance <= 0) {
      return new MannKendall(s, 1);
    }
    double z = (Math.abs(s) - 1) / Math.sqrt(variance);
    return new MannKendall(s, Math.min(1, 2 * upperTail(z)));
  }

  private static double spread(double n) {
    return n * (n - 1) * (2 * n + 5);
  }

  private static double ties(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = 0;
    int from = 0;
    for (int i = 1; i <= sorted.length; i++) {
      if (i == sorted.length || sorted[i] != sorted[from]) {
        sum += spread(i - from);
        from = i;
      }
    }
    return sum;
  }

  /** Beyond z of the standard normal: Abramowitz and Stegun 26.2.17, error below 7.5e-8. */
  private static double upperTail(double z) {
    double t = 1 / (1 + 0.2316419 * z);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
  }
}
