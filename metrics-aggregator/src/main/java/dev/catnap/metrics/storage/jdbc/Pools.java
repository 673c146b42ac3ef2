package dev.catnap.metrics.storage.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Pools of connections that differ from another in little. */
public final class Pools {
  private Pools() {}

  /** As another pool, under a name of its own, to another schema of the same database. */
  public static HikariDataSource of(
      HikariDataSource pool, String name, String schema, int connections) {
    HikariConfig config = new HikariConfig();
    pool.copyStateTo(config);
    config.setPoolName(name);
    config.setSchema(schema);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    return new HikariDataSource(config);
  }
}
