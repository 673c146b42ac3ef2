package dev.catnap.cost.budget;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A threshold was reached.
 *
 * @param id the same for the same budget, period and threshold, so that a receiver can tell a
 *     repetition
 */
public record BudgetAlert(
    String id,
    String budget,
    Period period,
    Instant periodStart,
    BigDecimal threshold,
    BigDecimal amount,
    BigDecimal spent,
    BigDecimal forecast,
    String currency,
    Instant at) {
  public static BudgetAlert of(
      Budget budget, BudgetState state, BigDecimal threshold, String currency, Instant at) {
    return new BudgetAlert(
        budget.name() + "/" + state.from() + "/" + threshold.toPlainString(),
        budget.name(),
        budget.period(),
        state.from(),
        threshold,
        budget.amount(),
        state.spent(),
        state.forecast(),
        currency,
        at);
  }
}
