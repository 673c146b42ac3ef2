package dev.catnap.metrics.storage.jdbc;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The database of this service. Its schema is brought up to date in the background: the service
 * starts without a database and tries on, every 0.2 to 10 seconds, until one answers. Until then
 * whatever asks for it gets {@link DatabaseAwayException}.
 */
public final class MetricsDatabase implements SmartLifecycle {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(MetricsDatabase.class);

  private final DataSource dataSource;
  private final String schema;
  private final JdbcTemplate jdbc;
  private final JdbcClient client;
  private final TransactionTemplate transactions;
  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
  private volatile @Nullable String problem = "the schema is not checked yet";
  private volatile @Nullable Thread migration;

  /**
   * @param statementTimeout after which the database gives up on one statement
   */
  public MetricsDatabase(DataSource dataSource, String schema, Duration statementTimeout) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.jdbc = new JdbcTemplate(dataSource);
    this.jdbc.setQueryTimeout((int) statementTimeout.toSeconds());
    this.client = JdbcClient.create(jdbc);
    this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
  }

  /** For stores, which are called within {@link #inTransaction}. */
  public JdbcTemplate template() {
    return jdbc;
  }

  /**
   * For queries.
   *
   * @throws DatabaseAwayException while the schema is not there
   */
  public JdbcClient client() {
    requireReady();
    return client;
  }

  /**
   * All of it or nothing.
   *
   * @throws DatabaseAwayException while the schema is not there
   */
  public <T> @Nullable T inTransaction(Supplier<@Nullable T> work) {
    requireReady();
    return transactions.execute(status -> work.get());
  }

  private void requireReady() {
    String reason = problem;
    if (reason != null) {
      throw new DatabaseAwayException(reason);
    }
  }

  /** Waits for the schema; answers whether it is there. */
  public boolean awaitReady(Duration atMost) {
    try {
      ready.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Why it cannot be used; null when it can, as far as was seen at start. */
  public @Nullable String problem() {
    return problem;
  }

  @Override
  public void start() {
    migration = Thread.ofVirtual().name("metrics-schema").start(this::migrateUntilDone);
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
              .locations("classpath:db/metrics")
              .load()
              .migrate()
              .migrationsExecuted;
      problem = null;
      ready.complete(null);
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
