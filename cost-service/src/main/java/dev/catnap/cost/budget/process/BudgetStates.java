package dev.catnap.cost.budget.process;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.budget.BudgetState;
import dev.catnap.cost.report.Spend;
import dev.catnap.cost.report.jdbc.Charges;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How budgets stand, from one reading of the charges for all of a period. */
public final class BudgetStates {
  private final Charges charges;

  public BudgetStates(Charges charges) {
    this.charges = charges;
  }

  /** In the order given. Only what was paid in the currency of now is counted. */
  public Map<Budget, BudgetState> of(Collection<Budget> budgets, Instant now) {
    Map<Budget, BudgetState> states = new LinkedHashMap<>();
    Map<Instant, List<Spend>> spent = new HashMap<>();
    for (Budget budget : budgets) {
      List<Spend> since =
          spent.computeIfAbsent(budget.period().start(now), start -> spent(start, now));
      states.put(budget, BudgetState.of(budget, since, now));
    }
    return states;
  }

  private List<Spend> spent(Instant from, Instant now) {
    if (!from.isBefore(now)) {
      return List.of();
    }
    String currency = currency(now);
    return charges.spend(from, now).stream()
        .filter(spend -> spend.currency().equals(currency))
        .toList();
  }

  public String currency(Instant now) {
    return charges.rates().atDefault(now).currency();
  }
}
