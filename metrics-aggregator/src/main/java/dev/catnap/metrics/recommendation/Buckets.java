package dev.catnap.metrics.recommendation;

/**
 * Buckets that grow by 5 % each, as the Vertical Pod Autoscaler's (vertical-pod-autoscaler/pkg/
 * recommender/util/histogram_options.go): bucket k begins at {@code first x (1.05^k - 1) / 0.05}.
 *
 * <pre>
 * CPU      0 -, 0.01 -, 0.0205 -, 0.031525 - ... cores
 * memory   0 -, 10 MB -, 20.5 MB -, 31.525 MB - ... bytes
 * </pre>
 */
public enum Buckets {
  /** Cores, from 0.01 to 1000. */
  CPU(0.01, 1000),
  /** Bytes, from 10 MB to 1 TB. */
  MEMORY(1e7, 1e12);

  private static final double RATIO = 1.05;

  private final double first;
  private final int count;

  Buckets(double first, double largest) {
    this.first = first;
    this.count = (int) Math.ceil(index(largest)) + 1;
  }

  /** How many there are: 176 of each. */
  public int count() {
    return count;
  }

  /** The bucket of a value of at least 0; beyond the last one it is the last. */
  public int of(double value) {
    // A bucket's own start must not fall into the one before for want of a bit.
    return value < first ? 0 : Math.min((int) (index(value) + 1e-9), count - 1);
  }

  /** Where a bucket begins, inclusive. */
  public double start(int bucket) {
    return first * (Math.pow(RATIO, bucket) - 1) / (RATIO - 1);
  }

  /** What a percentile in this bucket answers: its end; of the last, which has none, its start. */
  public double answer(int bucket) {
    return bucket < count - 1 ? start(bucket + 1) : start(bucket);
  }

  private double index(double value) {
    return Math.log(value * (RATIO - 1) / first + 1) / Math.log(RATIO);
  }
}
