package dev.catnap.cost.budget;

import dev.catnap.cost.report.Money;
import dev.catnap.cost.report.Spend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * How a budget stands.
 *
 * @param from begin of the period
 * @param to end of the period
 * @param spent so far, 6 decimals
 * @param spentPercent of the amount
 * @param forecast spend at the end of the period should it go on as so far: spent / time gone x
 *     length of the period; what was spent while less than an hour is gone
 * @param reached thresholds reached
 */
public record BudgetState(
    Instant from,
    Instant to,
    BigDecimal spent,
    BigDecimal spentPercent,
    BigDecimal forecast,
    BigDecimal forecastPercent,
    List<BigDecimal> reached) {
  private static final Duration TOO_SHORT = Duration.ofHours(1);

  /**
   * @param spends of the period up to {@code now}, also those of others
   */
  public static BudgetState of(Budget budget, Collection<Spend> spends, Instant now) {
    Instant from = budget.period().start(now);
    Instant to = budget.period().end(now);
    BigDecimal spent =
        spends.stream()
            .filter(budget.scope()::has)
            .map(Spend::amount)
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal forecast = forecast(spent, Duration.between(from, now), Duration.between(from, to));
    return new BudgetState(
        from,
        to,
        Money.round(spent),
        percent(spent, budget.amount()),
        Money.round(forecast),
        percent(forecast, budget.amount()),
        budget.reached(spent));
  }

  private static BigDecimal forecast(BigDecimal spent, Duration gone, Duration all) {
    return gone.compareTo(TOO_SHORT) < 0
        ? spent
        : spent
            .multiply(BigDecimal.valueOf(all.toMillis()))
            .divide(BigDecimal.valueOf(gone.toMillis()), 12, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return part.movePointRight(2).divide(whole, 4, RoundingMode.HALF_EVEN);
  }
}
