package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.UsedHour;
import dev.catnap.cost.pricing.Level;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * 1.15 x P90 of the hourly means awake, CPU and memory each (after the Kubernetes Vertical Pod
 * Autoscaler recommender, whose target is 1.15 x P90 of samples). Means of hours are what this
 * service keeps for ever; peaks within an hour are not seen, so this is an estimate of worth, not a
 * limit to set: for that there is {@code /metrics/recommendations}.
 */
final class RightSize {
  /** A day awake. */
  static final int LEAST_HOURS = 24;

  private static final BigDecimal MARGIN = new BigDecimal("1.15");
  private static final double PERCENTILE = 0.9;

  private RightSize() {}

  /** Empty with less than a day of hours measured awake. */
  static Optional<Level> of(List<UsedHour> hours) {
    List<UsedHour> awake =
        hours.stream()
            .filter(hour -> !hour.asleep() && hour.cpuMicros() > 0 && hour.memoryMicros() > 0)
            .toList();
    if (awake.size() < LEAST_HOURS) {
      return Optional.empty();
    }
    return Optional.of(
        new Level(
            target(awake, hour -> mean(hour.nanoCoreMicros(), hour.cpuMicros())),
            target(awake, hour -> mean(hour.byteMicros(), hour.memoryMicros()))));
  }

  private static BigDecimal mean(BigInteger sum, long micros) {
    return new BigDecimal(sum).divide(BigDecimal.valueOf(micros), 0, RoundingMode.HALF_EVEN);
  }

  private static long target(List<UsedHour> hours, Function<UsedHour, BigDecimal> use) {
    List<BigDecimal> sorted = hours.stream().map(use).sorted().toList();
    int rank = (int) Math.ceil(PERCENTILE * sorted.size());
    return sorted.get(rank - 1).multiply(MARGIN).setScale(0, RoundingMode.CEILING).longValue();
  }
}
