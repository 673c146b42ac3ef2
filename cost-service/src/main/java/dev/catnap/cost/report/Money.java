package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Rounding, once, where figures are shown; and such that the parts shown add up to the total. */
public final class Money {
  /** Millionths of the currency: a small container's minute still shows. */
  public static final int DECIMALS = 6;

  private static final BigDecimal STEP = BigDecimal.ONE.movePointLeft(DECIMALS);

  private Money() {}

  public static BigDecimal round(BigDecimal exact) {
    return exact.setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }

  /**
   * The parts rounded so that they add up to {@code total}: all are cut off, and what is missing
   * goes in single steps to those that lost most, the first of equals first (largest remainder).
   * Each stays within a step of its exact value.
   *
   * @param exact parts, each 0 or more
   * @param total their sum, cut off or rounded to a step, up or down
   */
  public static List<BigDecimal> apportion(List<BigDecimal> exact, BigDecimal total) {
    List<BigDecimal> parts = new ArrayList<>(exact.size());
    exact.forEach(part -> parts.add(part.setScale(DECIMALS, RoundingMode.FLOOR)));
    BigDecimal missing = total.subtract(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    giveOut(exact, parts, missing.movePointRight(DECIMALS).intValueExact());
    return parts;
  }

  /**
   * The same where no part may be more than a bound, which is at most a step below its exact value;
   * parts that are nothing get a step only where no other has room.
   *
   * @param most of each part, whole steps, 0 or more; together at least {@code total}
   */
  public static List<BigDecimal> apportion(
      List<BigDecimal> exact, BigDecimal total, List<BigDecimal> most) {
    List<BigDecimal> parts = new ArrayList<>(exact.size());
    for (int i = 0; i < exact.size(); i++) {
      parts.add(exact.get(i).setScale(DECIMALS, RoundingMode.FLOOR).min(most.get(i)));
    }
    BigDecimal missing = total.subtract(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    List<Integer> losers =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> exact.get(i).subtract(parts.get(i))).reversed())
            .toList();
    while (missing.signum() > 0) {
      BigDecimal before = missing;
      for (int i : losers) {
        if (missing.signum() > 0 && parts.get(i).compareTo(most.get(i)) < 0) {
          parts.set(i, parts.get(i).add(STEP));
          missing = missing.subtract(STEP);
        }
      }
      if (missing.equals(before)) {
        throw new IllegalArgumentException("bounds " + most + " leave no room for " + total);
      }
    }
    return parts;
  }

  private static void giveOut(List<BigDecimal> exact, List<BigDecimal> parts, int steps) {
    List<Integer> losers =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(
                Comparator.comparing((Integer i) -> exact.get(i).subtract(parts.get(i))).reversed())
            .toList();
    for (int i = 0; i < steps && !losers.isEmpty(); i++) {
      int index = losers.get(i % losers.size());
      parts.set(index, parts.get(index).add(STEP));
    }
  }
}
