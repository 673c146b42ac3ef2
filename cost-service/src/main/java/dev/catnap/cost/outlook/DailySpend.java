package dev.catnap.cost.outlook;

import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.pricing.Cost;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spend of consecutive whole days of UTC.
 *
 * @param first the day of the first amount
 * @param amounts one a day, 0 where nothing was spent
 */
public record DailySpend(LocalDate first, List<BigDecimal> amounts) {
  public DailySpend {
    amounts = List.copyOf(amounts);
  }

  /**
   * Actual cost by day.
   *
   * @param first first day, inclusive
   * @param end last day, exclusive
   * @param sums of days, numbered from the first on
   */
  public static DailySpend of(Collection<StepSum> sums, LocalDate first, LocalDate end) {
    Map<Long, Cost> days = new HashMap<>();
    sums.forEach(sum ->
        days.computeIfAbsent(sum.step(), any -> new Cost())
            .add(sum.resource(), sum.rate(), sum.quantity(), sum.awakeQuantity()));
    List<BigDecimal> amounts = new ArrayList<>();
    for (long day = 0; first.plusDays(day).isBefore(end); day++) {
      Cost cost = days.get(day);
      amounts.add(cost == null ? BigDecimal.ZERO : cost.actual());
    }
    return new DailySpend(first, amounts);
  }

  /** With more, or less, on some of the days. */
  public DailySpend plus(Map<LocalDate, BigDecimal> more) {
    List<BigDecimal> sums = new ArrayList<>();
    for (int i = 0; i < days(); i++) {
      sums.add(amounts.get(i).add(more.getOrDefault(first.plusDays(i), BigDecimal.ZERO)));
    }
    return new DailySpend(first, sums);
  }

  /** How many days. */
  public int days() {
    return amounts.size();
  }

  /** The day after the last. */
  public LocalDate end() {
    return first.plusDays(days());
  }

  /** The first so many days. */
  DailySpend head(int days) {
    return new DailySpend(first, amounts.subList(0, days));
  }

  /** The sum of {@code days} amounts from an index on. */
  BigDecimal sum(int from, int days) {
    return amounts.subList(from, from + days).stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
