package dev.catnap.cost.commitment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Shares capacity out to those who want it. */
final class Coverage {
  private Coverage() {}

  /**
   * All of each demand where the capacity is enough. Else each gets the same share of its demand,
   * rounded to whole units so that they add up to the capacity: all are cut off, and what is
   * missing goes in single units to those that lost most, the first of equals first.
   *
   * @param demands whole numbers, 0 or more
   * @param capacity a whole number, 0 or more
   * @return as many parts as demands, each 0 or more and at most its demand
   */
  static List<BigDecimal> cover(List<BigDecimal> demands, BigDecimal capacity) {
    BigDecimal wanted = demands.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    if (wanted.compareTo(capacity) <= 0) {
      return List.copyOf(demands);
    }
    List<BigDecimal> parts = new ArrayList<>(demands.size());
    List<BigDecimal> lost = new ArrayList<>(demands.size());
    BigDecimal missing = capacity;
    for (BigDecimal demand : demands) {
      BigDecimal[] share = demand.multiply(capacity).divideAndRemainder(wanted);
      BigDecimal part = share[0].setScale(0, RoundingMode.UNNECESSARY);
      parts.add(part);
      lost.add(share[1]);
      missing = missing.subtract(part);
    }
    List<Integer> losers =
        IntStream.range(0, parts.size())
            .boxed()
            .sorted(Comparator.comparing(lost::get).reversed())
            .toList();
    // Fewer units are missing than there are demands that lost a part of one.
    for (int i = 0; i < missing.intValueExact(); i++) {
      parts.set(losers.get(i), parts.get(losers.get(i)).add(BigDecimal.ONE));
    }
    return parts;
  }
}
