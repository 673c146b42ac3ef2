package dev.catnap.cost.budget.process;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.budget.BudgetState;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.jdbc.Charges;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How budgets stand, from one reading of the charges for all of them. */
public final class BudgetStates {
  private final Charges charges;

  public BudgetStates(Charges charges) {
    this.charges = charges;
  }

  /** In the order given. Only what was paid in the currency of now is counted. */
  public Map<Budget, BudgetState> of(Collection<Budget> budgets, Instant now) {
    Map<Budget, BudgetState> states = new LinkedHashMap<>();
    Instant from =
        budgets.stream().map(one -> one.period().start(now)).min(Instant::compareTo).orElse(now);
    List<Charge> spent = from.isBefore(now) ? charges.between(from, now, List.of()) : List.of();
    String currency = currency(now);
    List<Charge> inCurrency =
        spent.stream().filter(charge -> charge.currency().equals(currency)).toList();
    budgets.forEach(budget -> states.put(budget, BudgetState.of(budget, inCurrency, now)));
    return states;
  }

  public String currency(Instant now) {
    return charges.rates().atDefault(now).currency();
  }
}
