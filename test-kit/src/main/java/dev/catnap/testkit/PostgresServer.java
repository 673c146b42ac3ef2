package dev.catnap.testkit;

import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL for tests. Obtain the shared one with {@link WithPostgres} or {@link
 * #shared()}; only a private one, which nobody else counts on, can be stopped.
 */
public final class PostgresServer implements AutoCloseable {

  private static @Nullable PostgresServer sharedServer;

  private final EmbeddedPostgresSettings settings;
  private final boolean stoppable;
  private final Database main;
  private final AtomicInteger databases = new AtomicInteger();
  private @Nullable EmbeddedPostgres running;

  /** What a client needs to connect. */
  public record Database(String jdbcUrl, String user, String password) {

    public Connection connect() throws SQLException {
      return DriverManager.getConnection(jdbcUrl, user, password);
    }
  }

  private PostgresServer(boolean stoppable) {
    this.stoppable = stoppable;
    EmbeddedPostgresSettings anyPort =
        EmbeddedPostgresSettings.in(TemporaryDirectory.create("test-postgres"))
            .withBinariesDirectory(binariesOfThisUser());
    EmbeddedPostgres first = EmbeddedPostgres.start(anyPort);
    running = first;
    main = new Database(first.jdbcUrl(), first.user(), first.password());
    settings = anyPort.withPort(first.port());
    AtJvmEnd.run(this::end);
  }

  /** Kept from one build to the next: unpacking takes longer than everything else. */
  private static Path binariesOfThisUser() {
    return Path.of(
        System.getProperty("java.io.tmpdir"),
        "catnap-test-binaries-" + System.getProperty("user.name"));
  }

  /** The one server of this JVM, started at the first call, stopped at the JVM's end. */
  public static synchronized PostgresServer shared() {
    if (sharedServer == null) {
      sharedServer = new PostgresServer(false);
    }
    return sharedServer;
  }

  /** A server of one's own, which can be stopped and started again. Close it after use. */
  public static PostgresServer privateServer() {
    return new PostgresServer(true);
  }

  /** The database {@code catnap}, which all users of this server share. */
  public Database database() {
    return main;
  }

  public String jdbcUrl() {
    return main.jdbcUrl();
  }

  public String user() {
    return main.user();
  }

  public String password() {
    return main.password();
  }

  /** A new and empty database, of nobody else's. */
  public Database freshDatabase() {
    String name = "fresh_" + databases.incrementAndGet();
    try (Connection connection = main.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot create database " + name, e);
    }
    String server = main.jdbcUrl().substring(0, main.jdbcUrl().lastIndexOf('/') + 1);
    return new Database(server + name, main.user(), main.password());
  }

  /**
   * Stops the server, as in an outage; data stay. Harmless when it is stopped.
   *
   * @throws IllegalStateException for the shared server
   */
  public void stop() {
    if (!stoppable) {
      throw new IllegalStateException(
          "Other tests use the shared server: ask for a private one with @WithPostgres(isolated = true).");
    }
    end();
  }

  /** Starts the server again on the same data and port. Harmless when it runs. */
  public synchronized void start() {
    if (running == null) {
      running = EmbeddedPostgres.start(settings);
    }
  }

  private synchronized void end() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** Ends a private server; the shared one runs on. */
  @Override
  public void close() {
    if (stoppable) {
      end();
    }
  }
}
