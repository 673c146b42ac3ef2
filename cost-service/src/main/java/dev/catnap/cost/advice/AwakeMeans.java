package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.UsedHour;
import dev.catnap.cost.pricing.Level;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Hourly means awake of a container, and the size that follows from them: 1.15 x P90, CPU and
 * memory each (after the Kubernetes Vertical Pod Autoscaler recommender, whose target is 1.15 x P90
 * of samples). Means of hours are what this service keeps for ever; peaks within an hour are not
 * seen, so this is an estimate of worth, not a limit to set: for that there is {@code
 * /metrics/recommendations}.
 */
public final class AwakeMeans {
  public static final AwakeMeans NONE = new AwakeMeans(new long[0], new long[0]);

  /** A day awake. */
  static final int LEAST_HOURS = 24;

  private static final BigDecimal MARGIN = new BigDecimal("1.15");
  private static final double PERCENTILE = 0.9;

  /** Each in order of size. */
  private final long[] nanoCores;

  private final long[] bytes;

  private AwakeMeans(long[] nanoCores, long[] bytes) {
    this.nanoCores = nanoCores;
    this.bytes = bytes;
    Arrays.sort(nanoCores);
    Arrays.sort(bytes);
  }

  /** Collects hours that were measured awake. */
  public static final class Builder {
    private final LongStream.Builder nanoCores = LongStream.builder();
    private final LongStream.Builder bytes = LongStream.builder();

    /** An hour awake, as sums over the time measured in it; of no use where there is none. */
    public void add(
        BigInteger nanoCoreMicros, long cpuMicros, BigInteger byteMicros, long memoryMicros) {
      if (cpuMicros > 0 && memoryMicros > 0) {
        nanoCores.add(mean(nanoCoreMicros, cpuMicros));
        bytes.add(mean(byteMicros, memoryMicros));
      }
    }

    public AwakeMeans build() {
      return new AwakeMeans(nanoCores.build().toArray(), bytes.build().toArray());
    }
  }

  /** Of those hours that were measured awake. */
  public static AwakeMeans of(Collection<UsedHour> hours) {
    Builder means = new Builder();
    hours.stream()
        .filter(hour -> !hour.asleep())
        .forEach(hour ->
            means.add(
                hour.nanoCoreMicros(), hour.cpuMicros(), hour.byteMicros(), hour.memoryMicros()));
    return means.build();
  }

  private static long mean(BigInteger sum, long micros) {
    return new BigDecimal(sum)
        .divide(BigDecimal.valueOf(micros), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** All of both. */
  public AwakeMeans plus(AwakeMeans other) {
    return other.nanoCores.length == 0
        ? this
        : new AwakeMeans(joined(nanoCores, other.nanoCores), joined(bytes, other.bytes));
  }

  private static long[] joined(long[] one, long[] other) {
    long[] both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  /** Empty with less than a day of hours measured awake. */
  public Optional<Level> rightSize() {
    return nanoCores.length < LEAST_HOURS
        ? Optional.empty()
        : Optional.of(new Level(target(nanoCores), target(bytes)));
  }

  private static long target(long[] sorted) {
    int rank = (int) Math.ceil(PERCENTILE * sorted.length);
    return BigDecimal.valueOf(sorted[rank - 1])
        .multiply(MARGIN)
        .setScale(0, RoundingMode.CEILING)
        .longValue();
  }

  /** About how much memory it takes. */
  public long bytes() {
    return 2L * Long.BYTES * nanoCores.length;
  }
}
