package dev.catnap.cost.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of this service. Its schema is brought up to date in the background, tried every 0.2
 * to 10 seconds until a database answers; until then whatever needs it gets {@link
 * DatabaseAwayException}.
 */
public final class CostDatabase implements SmartLifecycle {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final int ANSWER_WITHIN_SECONDS = 1;
  private static final Logger log = LoggerFactory.getLogger(CostDatabase.class);

  private final DataSource dataSource;
  private final String schema;
  private final JdbcTemplate jdbc;
  private final TransactionTemplate writing;
  private final TransactionTemplate reading;
  private volatile @Nullable String problem = "the schema is not checked yet";
  private volatile @Nullable Thread migration;

  /**
   * @param statementTimeout after which one statement is given up
   */
  public CostDatabase(DataSource dataSource, String schema, Duration statementTimeout) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.jdbc = new JdbcTemplate(dataSource);
    this.jdbc.setQueryTimeout((int) statementTimeout.toSeconds());
    JdbcTransactionManager transactions = new JdbcTransactionManager(dataSource);
    this.writing = new TransactionTemplate(transactions);
    this.reading = new TransactionTemplate(transactions);
    this.reading.setReadOnly(true);
    this.reading.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
  }

  /** For stores, which are called within {@link #write} or {@link #read}. */
  public JdbcTemplate jdbc() {
    return jdbc;
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
    T result = transactions.execute(status -> work.get());
    return java.util.Objects.requireNonNull(result);
  }

  /**
   * @throws DatabaseAwayException while the schema is not there
   */
  public void requireReady() {
    String reason = problem;
    if (reason != null) {
      throw new DatabaseAwayException(reason);
    }
  }

  /** Why it cannot be used now; null when it answers. Asks it, for at most a second or two. */
  public @Nullable String problem() {
    String reason = problem;
    if (reason != null) {
      return reason;
    }
    try (Connection connection = dataSource.getConnection()) {
      return connection.isValid(ANSWER_WITHIN_SECONDS) ? null : "the database does not answer";
    } catch (SQLException e) {
      return "the database does not answer: " + e.getMessage();
    }
  }

  @Override
  public void start() {
    migration = Thread.ofVirtual().name("cost-schema").start(this::migrateUntilDone);
  }

  private void migrateUntilDone() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!migrated()) {
        Thread.sleep(pause);
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean migrated() {
    try {
      int applied =
          Flyway.configure()
              .dataSource(dataSource)
              .schemas(schema)
              .locations("classpath:db/cost")
              .load()
              .migrate()
              .migrationsExecuted;
      problem = null;
      log.atInfo()
          .addKeyValue("schema", schema)
          .addKeyValue("migrations", applied)
          .log("database is ready");
      return true;
    } catch (FlywayException e) {
      String reason = "the schema cannot be brought up to date: " + rootOf(e).getMessage();
      if (!reason.equals(problem)) {
        log.atWarn().addKeyValue("reason", reason).log("waiting for the database");
      }
      problem = reason;
      return false;
    }
  }

  private static Throwable rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  @Override
  public void stop() {
    Thread running = migration;
    if (running != null) {
      running.interrupt();
    }
    migration = null;
  }

  @Override
  public boolean isRunning() {
    return migration != null;
  }

  /** Before what reads the log. */
  @Override
  public int getPhase() {
    return 0;
  }
}
