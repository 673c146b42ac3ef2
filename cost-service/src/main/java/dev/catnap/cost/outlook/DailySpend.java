package dev.catnap.cost.outlook;

import dev.catnap.cost.report.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
   * @param end last day, exclusive; charges of other days are left out
   */
  public static DailySpend of(Collection<Charge> charges, LocalDate first, LocalDate end) {
    Map<LocalDate, BigDecimal> sums = new HashMap<>();
    charges.forEach(charge -> sums.merge(day(charge.from()), charge.actual(), BigDecimal::add));
    List<BigDecimal> amounts = new ArrayList<>();
    for (LocalDate day = first; day.isBefore(end); day = day.plusDays(1)) {
      amounts.add(sums.getOrDefault(day, BigDecimal.ZERO));
    }
    return new DailySpend(first, amounts);
  }

  static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
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
