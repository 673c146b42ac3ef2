package dev.catnap.cost.database;

import dev.catnap.kit.database.MigratedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The database of this service; stores are called within {@link #write} or {@link #read}. */
public final class CostDatabase extends MigratedDatabase {
  private static final int ANSWER_WITHIN_SECONDS = 1;

  private final DataSource dataSource;
  private final TransactionTemplate writing;
  private final TransactionTemplate reading;

  /**
   * @param statementTimeout after which one statement is given up
   */
  public CostDatabase(DataSource dataSource, String schema, Duration statementTimeout) {
    super(dataSource, schema, "classpath:db/cost", statementTimeout);
    this.dataSource = dataSource;
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    this.writing = new TransactionTemplate(transactions);
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** All of it or nothing. */
  public <T> T write(Supplier<T> work) {
    return run(writing, work);
  }

  /** All of it as of one moment. */
  public <T> T read(Supplier<T> work) {
    return run(reading, work);
  }

  private <T> T run(TransactionTemplate transactions, Supplier<T> work) {
    requireReady();
    return Objects.requireNonNull(transactions.execute(status -> work.get()));
  }

  /** Why it cannot be used now; null when it answers. Asks it, for at most a second or two. */
  public @Nullable String problem() {
    String reason = schemaProblem();
    if (reason != null) {
      return reason;
    }
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(ANSWER_WITHIN_SECONDS) ? null : "the database does not answer";
    } catch (SQLException e) {
      return "the database does not answer: " + e.getMessage();
    }
  }
}
