package dev.catnap.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.testkit.PostgresServer;
import java.time.Duration;

/** The tables in a fresh database, for tests that need nothing else of the service. */
public final class MetricsTables implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HikariDataSource pool = new HikariDataSource();
  private final MetricsDatabase database;

  /** Returns when they are ready. */
  public MetricsTables() {
    PostgresServer.Database fresh = PostgresServer.shared().freshDatabase();
    pool.setJdbcUrl(fresh.jdbcUrl());
    pool.setUsername(fresh.user());
    pool.setPassword(fresh.password());
    pool.setSchema("metrics");
    database = new MetricsDatabase(pool, "metrics", PATIENCE);
    database.start();
    assertThat(database.awaitReady(PATIENCE)).isTrue();
  }

  public HikariDataSource pool() {
    return pool;
  }

  public MetricsDatabase database() {
    return database;
  }

  @Override
  public void close() {
    database.stop();
    pool.close();
  }
}
