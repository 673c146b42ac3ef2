package dev.catnap.metrics.storage.jdbc;

import dev.catnap.kit.database.MigratedDatabase;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of this service, or a second schema that is filled to replace the first. Stores are
 * called within {@link #inTransaction}.
 */
public final class MetricsDatabase extends MigratedDatabase {
  private final JdbcClient client;
  private final TransactionTemplate transactions;

  /**
   * @param statementTimeout after which the database gives up on one statement
   */
  public MetricsDatabase(DataSource dataSource, String schema, Duration statementTimeout) {
    super(dataSource, schema, "classpath:db/metrics", statementTimeout);
    this.client = JdbcClient.create(jdbc());
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /**
   * For queries.
   *
   * @throws dev.catnap.kit.database.DatabaseAwayException while the schema is not there
   */
  public JdbcClient client() {
    requireReady();
    return client;
  }

  /**
   * All of it or nothing.
   *
   * @throws dev.catnap.kit.database.DatabaseAwayException while the schema is not there
   */
  public <T> @Nullable T inTransaction(Supplier<@Nullable T> work) {
    requireReady();
    return transactions.execute(status -> work.get());
  }
}
