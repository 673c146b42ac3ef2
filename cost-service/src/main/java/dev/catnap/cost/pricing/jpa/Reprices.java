package dev.catnap.cost.pricing.jpa;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.pricing.RepriceEffect;
import java.util.List;
import java.util.Objects;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The reprices that were asked. */
public final class Reprices {
  private final CostDatabase database;
  private final RepriceRepository rows;
  private final TransactionTemplate transactions;

  Reprices(CostDatabase database, RepriceRepository rows, PlatformTransactionManager transactions) {
    this.database = database;
    this.rows = rows;
    this.transactions = new TransactionTemplate(transactions);
  }

  /** The oldest first. */
  public List<RepriceRow> all() {
    database.requireReady();
    return Objects.requireNonNull(transactions.execute(status -> rows.findAllByOrderById()));
  }

  /** From now on it holds. */
  public RepriceRow add(RepriceEffect effect) {
    database.requireReady();
    return Objects.requireNonNull(
        transactions.execute(status -> rows.save(new RepriceRow(effect))));
  }
}
