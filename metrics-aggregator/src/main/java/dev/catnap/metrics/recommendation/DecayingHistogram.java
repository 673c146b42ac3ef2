package dev.catnap.metrics.recommendation;

import java.time.Duration;
import java.time.Instant;

/**
 * A histogram in which what is newer weighs more: the weight of a sample doubles every 24 h
 * (Vertical Pod Autoscaler, decaying_histogram.go). Samples may be added in any order.
 */
public final class DecayingHistogram {
  private static final double HALF_LIFE_SECONDS = Duration.ofHours(24).toSeconds();

  private final Buckets buckets;
  private final Instant reference;
  private final double[] weights;
  private double total;

  /**
   * @param reference a sample of this time weighs 1; take one near the samples' times, such as the
   *     end of the history looked at
   */
  public DecayingHistogram(Buckets buckets, Instant reference) {
    this.buckets = buckets;
    this.reference = reference;
    this.weights = new double[buckets.count()];
  }

  /**
   * @param value at least 0
   * @param weight before decay, such as the number of samples that it stands for
   */
  public void add(double value, double weight, Instant at) {
    double age = Duration.between(at, reference).toMillis() / 1000.0;
    double decayed = weight * Math.pow(2, -age / HALF_LIFE_SECONDS);
    weights[buckets.of(value)] += decayed;
    total += decayed;
  }

  public boolean isEmpty() {
    return total <= 0;
  }

  /**
   * The end of the bucket in which the share of all weight is reached; 0 when there is none.
   *
   * @param share 0 to 1
   */
  public double percentile(double share) {
    if (isEmpty()) {
      return 0;
    }
    double wanted = share * total;
    double sum = 0;
    int last = 0;
    for (int bucket = 0; bucket < weights.length; bucket++) {
      if (weights[bucket] > 0) {
        last = bucket;
        sum += weights[bucket];
        // Sums of decayed weights are not exact: a share of 1 must not run off the end.
        if (sum >= wanted * (1 - 1e-12)) {
          return buckets.answer(bucket);
        }
      }
    }
    return buckets.answer(last);
  }
}
