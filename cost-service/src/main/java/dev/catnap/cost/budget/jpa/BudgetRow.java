package dev.catnap.cost.budget.jpa;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.budget.Period;
import dev.catnap.cost.budget.Scope;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of {@code budget}. Its rules are those of {@link Budget}. */
@Entity
@Table(name = "budget")
public class BudgetRow {
  @Id
  @Column(name = "name")
  private String name = "";

  @Column(name = "period")
  private String period = "";

  @Column(name = "amount")
  private BigDecimal amount = BigDecimal.ZERO;

  @Column(name = "scope")
  private String scope = "";

  @Column(name = "scope_value")
  private @Nullable String scopeValue;

  @Column(name = "thresholds")
  private String thresholds = "";

  @Column(name = "webhook")
  private @Nullable String webhook;

  /** For Hibernate. */
  protected BudgetRow() {}

  BudgetRow(Budget budget) {
    name = budget.name();
    set(budget);
  }

  final void set(Budget budget) {
    period = budget.period().name();
    amount = budget.amount();
    scope = budget.scope().kind().name();
    scopeValue = budget.scope().value();
    thresholds =
        budget.thresholds().stream()
            .map(BigDecimal::toPlainString)
            .collect(Collectors.joining(","));
    webhook = budget.webhook();
  }

  Budget budget() {
    BigDecimal stripped = amount.stripTrailingZeros();
    return new Budget(
        name,
        Period.valueOf(period),
        stripped.scale() < 0 ? stripped.setScale(0) : stripped,
        new Scope(Scope.Kind.valueOf(scope), scopeValue),
        Arrays.stream(thresholds.split(",", -1)).map(BigDecimal::new).toList(),
        webhook);
  }
}
