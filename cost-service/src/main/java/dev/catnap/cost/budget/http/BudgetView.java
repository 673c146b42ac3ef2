package dev.catnap.cost.budget.http;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.budget.BudgetState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A budget and how it stands. */
record BudgetView(
    String name,
    String period,
    BigDecimal amount,
    String currency,
    String scope,
    @Nullable String scopeValue,
    List<BigDecimal> thresholds,
    @Nullable String webhook,
    BudgetState state) {
  static BudgetView of(Budget budget, BudgetState state, String currency) {
    return new BudgetView(
        budget.name(),
        budget.period().name().toLowerCase(Locale.ROOT),
        budget.amount(),
        currency,
        budget.scope().kind().name().toLowerCase(Locale.ROOT),
        budget.scope().value(),
        budget.thresholds(),
        budget.webhook(),
        state);
  }
}
