package dev.catnap.kit.database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A schema that is brought up to date in the background: the service starts without a database and
 * tries on, every 0.2 to 10 seconds, until one answers. Until then whatever asks for it gets {@link
 * DatabaseAwayException}.
 */
public abstract class MigratedDatabase implements SmartLifecycle {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Logger log = LoggerFactory.getLogger(getClass());
  private final DataSource dataSource;
  private final String schema;
  private final String migrations;
  private final JdbcTemplate jdbc;
  private final CompletableFuture<@Nullable Void> ready = new CompletableFuture<>();
  private volatile @Nullable String problem = "the schema is not checked yet";
  private volatile @Nullable Thread migration;

  /**
   * @param migrations where Flyway finds them, such as {@code classpath:db/cost}
   * @param statementTimeout after which the database gives up on one statement, whole seconds
   */
  protected MigratedDatabase(
      DataSource dataSource, String schema, String migrations, Duration statementTimeout) {
    this.dataSource = dataSource;
    this.schema = schema;
    this.migrations = migrations;
    this.jdbc = new JdbcTemplate(dataSource);
    this.jdbc.setQueryTimeout((int) statementTimeout.toSeconds());
  }

  /** For stores. Works whether or not the schema is there; see {@link #requireReady}. */
  public final JdbcTemplate jdbc() {
    return jdbc;
  }

  /**
   * @throws DatabaseAwayException while the schema is not there
   */
  public final void requireReady() {
    String reason = problem;
    if (reason != null) {
      throw new DatabaseAwayException(reason);
    }
  }

  /** Waits for the schema; answers whether it is there. */
  public final boolean awaitReady(Duration atMost) {
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

  /** Why the schema cannot be used; null when it could be, as far as was seen at start. */
  public final @Nullable String schemaProblem() {
    return problem;
  }

  @Override
  public final void start() {
    migration = Thread.ofVirtual().name(schema + "-schema").start(this::migrateUntilDone);
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
              .locations(migrations)
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
  public final void stop() {
    Thread running = migration;
    if (running != null) {
      running.interrupt();
    }
    migration = null;
  }

  @Override
  public final boolean isRunning() {
    return migration != null;
  }

  /** Before what reads the log. */
  @Override
  public final int getPhase() {
    return 0;
  }
}
