package dev.catnap.metrics.trend;

import java.time.Instant;

/**
 * Where a point is expected.
 *
 * @param at start of its step
 * @param middle the median of the points that it is compared with
 * @param mad their median absolute deviation, or its floor where that is larger
 * @param method by which it was made
 * @param compared how many points that were
 */
public record Band(
    Instant at,
    double lower,
    double middle,
    double upper,
    double mad,
    Method method,
    int compared) {
  /** How a band comes about. On the wire in lower case. */
  public enum Method {
    /** The same hour of the week in the weeks around; bounds at a score of 3.5. */
    HOUR_OF_WEEK,
    /** The 24 h before; bounds at 2 MAD. */
    LAST_24H;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public boolean contains(double value) {
    return value >= lower && value <= upper;
  }

  /**
   * How far off a value is, with its sign: 0.6745 x (value - median) / MAD (Iglewicz and Hoaglin
   * 1993), about the standard deviations of a normal distribution.
   */
  public double score(double value) {
    return 0.6745 * (value - middle) / mad;
  }
}
