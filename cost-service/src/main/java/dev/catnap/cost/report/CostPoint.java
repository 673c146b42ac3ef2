package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A point of the series, from {@code at} on for a step; all points add up to the total. */
public record CostPoint(
    Instant at,
    BigDecimal baseline,
    BigDecimal actual,
    BigDecimal savingBeforeSuite,
    @Nullable BigDecimal suite,
    @Nullable BigDecimal saving) {
  /** Everything from the first point up to the end of each. */
  public static List<CostPoint> accumulate(List<CostPoint> points) {
    List<CostPoint> sums = new ArrayList<>();
    for (CostPoint point : points) {
      sums.add(sums.isEmpty() ? point : sums.getLast().plus(point));
    }
    return sums;
  }

  private CostPoint plus(CostPoint next) {
    return new CostPoint(
        next.at,
        baseline.add(next.baseline),
        actual.add(next.actual),
        savingBeforeSuite.add(next.savingBeforeSuite),
        sum(suite, next.suite),
        sum(saving, next.saving));
  }

  private static @Nullable BigDecimal sum(@Nullable BigDecimal one, @Nullable BigDecimal other) {
    return one == null || other == null ? null : one.add(other);
  }
}
