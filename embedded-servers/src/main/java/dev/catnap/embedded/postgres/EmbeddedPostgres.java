package dev.catnap.embedded.postgres;

import dev.catnap.embedded.DirectoryLock;
import dev.catnap.embedded.RememberedPort;
import java.nio.file.Path;

/**
 * A real PostgreSQL as a child of this process, on a directory that survives restarts.
 *
 * <p>Durable (fsync is on), on 127.0.0.1 with a random password, ready when {@link #start} returns.
 * It ends with this process, however that dies, where the machine has {@code setpriv}.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  private static final String DATABASE = "catnap";

  private final DirectoryLock lock;
  private final ServerProcess server;
  private final String password;
  private final int port;
  private boolean closed;

  private EmbeddedPostgres(DirectoryLock lock, ServerProcess server, String password, int port) {
    this.lock = lock;
    this.server = server;
    this.password = password;
    this.port = port;
  }

  /**
   * Starts a server and waits until it serves; the first time on a directory, creates the cluster
   * and the database {@code catnap}.
   *
   * @throws dev.catnap.embedded.EmbeddedServerException when the directory is in use or cannot be
   *     reached by the user that PostgreSQL must run as, the port is taken, or the server does not
   *     start within 60 s
   */
  public static EmbeddedPostgres start(EmbeddedPostgresSettings settings) {
    DirectoryLock lock = DirectoryLock.acquire(settings.dataDirectory(), "PostgreSQL");
    try {
      return startLocked(settings, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedPostgres startLocked(
      EmbeddedPostgresSettings settings, DirectoryLock lock) {
    RunAs runAs = RunAs.detect();
    Path home = PostgresHome.of(settings, runAs);
    PostgresBinaries binaries =
        PostgresBinaries.below(PostgresHome.binariesDirectory(settings, runAs, home));
    Cluster cluster = new Cluster(home, binaries, runAs);
    cluster.createWhenMissing();
    new FormerServer(cluster.directory()).awaitEnd();
    int port = RememberedPort.choose(home.resolve("port"), "127.0.0.1", settings.port());
    ServerProcess server = ServerProcess.start(home, cluster.directory(), port, binaries, runAs);
    try {
      new Readiness(server, url(port, "postgres"), cluster.password()).awaitAndCreate(DATABASE);
    } catch (RuntimeException e) {
      server.stop();
      throw e;
    }
    return new EmbeddedPostgres(lock, server, cluster.password(), port);
  }

  private static String url(int port, String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /** The address of the database {@code catnap}, without user and password. */
  public String jdbcUrl() {
    return jdbcUrl(DATABASE);
  }

  /** The address of another database of this server. */
  public String jdbcUrl(String database) {
    return url(port, database);
  }

  /** The server's superuser. */
  public String user() {
    return Cluster.SUPERUSER;
  }

  public String password() {
    return password;
  }

  public int port() {
    return port;
  }

  /** The server's process id. */
  public long pid() {
    return server.pid();
  }

  /**
   * Stops the server: connected clients are cut off, data are flushed; after 13 s it is killed,
   * which costs a recovery at the next start and no data. Closing twice is harmless.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.stop();
    } finally {
      lock.close();
    }
  }
}
