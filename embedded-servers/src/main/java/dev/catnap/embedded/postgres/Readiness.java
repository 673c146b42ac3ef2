package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits until the server accepts, and sees to the database that clients use. */
final class Readiness {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final ServerProcess server;
  private final String maintenanceUrl;
  private final String password;

  Readiness(ServerProcess server, String maintenanceUrl, String password) {
    this.server = server;
    this.maintenanceUrl = maintenanceUrl;
    this.password = password;
  }

  void awaitAndCreate(String database) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!created(database, System.nanoTime() < deadline)) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private boolean created(String database, boolean mayRetry) {
    try (Connection connection =
            DriverManager.getConnection(maintenanceUrl, Cluster.SUPERUSER, password);
        Statement statement = connection.createStatement()) {
      if (!exists(statement, database)) {
        statement.execute("CREATE DATABASE " + database);
      }
      return true;
    } catch (SQLException e) {
      if (mayRetry && server.isAlive() && isNotReadyYet(e) && !Thread.interrupted()) {
        return false;
      }
      throw new EmbeddedServerException(
          "PostgreSQL does not start: " + e.getMessage() + "\n" + server.lastOutput(), e);
    }
  }

  private static boolean exists(Statement statement, String database) throws SQLException {
    try (ResultSet row =
        statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
      return row.next();
    }
  }

  /** Class 08: no connection yet. 57P03: it listens, but still starts up or recovers. */
  private static boolean isNotReadyYet(SQLException e) {
    String state = e.getSQLState();
    return state != null && (state.startsWith("08") || "57P03".equals(state));
  }
}
