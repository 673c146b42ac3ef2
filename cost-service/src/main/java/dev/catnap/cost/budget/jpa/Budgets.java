package dev.catnap.cost.budget.jpa;

import dev.catnap.cost.budget.Budget;
import dev.catnap.cost.database.CostDatabase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The budgets there are. */
public final class Budgets {
  private final CostDatabase database;
  private final BudgetRepository rows;
  private final TransactionTemplate transactions;

  Budgets(CostDatabase database, BudgetRepository rows, PlatformTransactionManager transactions) {
    this.database = database;
    this.rows = rows;
    this.transactions = new TransactionTemplate(transactions);
  }

  public List<Budget> all() {
    return run(() -> rows.findAll().stream().map(BudgetRow::budget).toList());
  }

  public Optional<Budget> find(String name) {
    return run(() -> rows.findById(name).map(BudgetRow::budget));
  }

  /** Adds or replaces; true when it was not there. */
  public boolean put(Budget budget) {
    return run(() -> {
      Optional<BudgetRow> there = rows.findById(budget.name());
      there.ifPresent(row -> row.set(budget));
      if (there.isEmpty()) {
        rows.save(new BudgetRow(budget));
      }
      return there.isEmpty();
    });
  }

  /** False when it was not there. Alerts already raised are told. */
  public boolean remove(String name) {
    return run(() -> {
      boolean there = rows.existsById(name);
      if (there) {
        rows.deleteById(name);
      }
      return there;
    });
  }

  private <T> T run(Supplier<T> work) {
    database.requireReady();
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }
}
