package dev.catnap.metrics.recommendation;

/**
 * What limit a resource of a service should have, as the Vertical Pod Autoscaler recommends it
 * (vertical-pod-autoscaler/pkg/recommender/logic/recommender.go).
 *
 * <p>Confidence c = min(days of life, samples / 1440), a sample a minute. It narrows the bounds:
 *
 * <pre>
 *            lower = 1.15 x P50 x (1 + 0.001/c)^-2   target = 1.15 x P90   upper = 1.15 x P95 x (1 + 1/c)
 * 5 minutes  x 0.60                                                        x 289
 * 12 h       x 0.996                                                       x 3
 * 1 day      x 0.998                                                       x 2
 * 1 week     x 0.9997                                                      x 1.14
 * </pre>
 *
 * @param target in cores or bytes, as the bounds
 * @param lower below this a limit is too small
 * @param upper above this a limit is too large
 * @param confidence more than 0; 1 is a whole day
 */
public record Sizing(double target, double lower, double upper, double confidence) {
  private static final double MARGIN = 1.15;
  private static final double SAMPLES_A_DAY = 1440;

  /**
   * @param histogram not empty
   * @param confidence more than 0
   * @param least no recommendation goes below it
   */
  public static Sizing of(DecayingHistogram histogram, double confidence, double least) {
    double lower = histogram.percentile(0.5) * Math.pow(1 + 0.001 / confidence, -2);
    double upper = histogram.percentile(0.95) * (1 + 1 / confidence);
    return new Sizing(
        Math.max(least, MARGIN * histogram.percentile(0.9)),
        Math.max(least, MARGIN * lower),
        Math.max(least, MARGIN * upper),
        confidence);
  }

  /**
   * @param days of life, first to last sample
   * @param samples a sample stands for a minute
   */
  public static double confidence(double days, double samples) {
    return Math.min(days, samples / SAMPLES_A_DAY);
  }
}
