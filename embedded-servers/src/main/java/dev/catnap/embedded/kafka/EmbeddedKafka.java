package dev.catnap.embedded.kafka;

import dev.catnap.embedded.DirectoryLock;
import dev.catnap.embedded.EmbeddedServerException;
import dev.catnap.embedded.FreePort;
import dev.catnap.embedded.RememberedPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker (KRaft, one node) in this process, on a directory that survives restarts.
 *
 * <p>Ready when {@link #start} returns. Topics are not created by themselves. Stop it with {@link
 * #close} and start another on the same settings: data and port are those of before, after a crash
 * as well (which takes about three seconds longer).
 */
public final class EmbeddedKafka implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final String advertisedHost;
  private final int port;
  private boolean closed;

  private EmbeddedKafka(
      KafkaRaftServer server, DirectoryLock lock, String advertisedHost, int port) {
    this.server = server;
    this.lock = lock;
    this.advertisedHost = advertisedHost;
    this.port = port;
  }

  /**
   * Starts a broker and waits until it serves.
   *
   * @throws EmbeddedServerException when the directory is in use, the port is taken, or the broker
   *     does not start
   */
  public static EmbeddedKafka start(EmbeddedKafkaSettings settings) {
    DirectoryLock lock = DirectoryLock.acquire(settings.dataDirectory(), "Kafka");
    try {
      return startLocked(settings, lock);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka startLocked(EmbeddedKafkaSettings settings, DirectoryLock lock) {
    Path data = settings.dataDirectory();
    int port =
        RememberedPort.choose(data.resolve("broker.port"), settings.bindAddress(), settings.port());
    int controllerPort = controllerPortOtherThan(port, data.resolve("controller.port"));
    Path logDirectory = data.resolve("log");
    if (LogStorage.wasKilled(logDirectory)) {
      tidyUp(data, logDirectory, controllerPort);
    }
    LogStorage.formatWhenNew(logDirectory);
    KafkaRaftServer server =
        startServer(
            BrokerProperties.of(
                settings, logDirectory, port, controllerPort, BrokerProperties.SESSION),
            data);
    return new EmbeddedKafka(server, lock, settings.advertisedHost(), port);
  }

  /**
   * Starts and stops a broker that no client knows, so that the former registration is given up
   * after a second: how long one is believed cannot be changed while a broker runs.
   */
  private static void tidyUp(Path data, Path logDirectory, int controllerPort) {
    EmbeddedKafkaSettings unknown = EmbeddedKafkaSettings.in(data);
    int port;
    do {
      port = FreePort.choose(unknown.bindAddress());
    } while (port == controllerPort);
    KafkaRaftServer server =
        startServer(
            BrokerProperties.of(
                unknown, logDirectory, port, controllerPort, BrokerProperties.SESSION_AFTER_KILL),
            data);
    server.shutdown();
    server.awaitShutdown();
  }

  private static int controllerPortOtherThan(int port, Path file) {
    int chosen;
    do {
      chosen = RememberedPort.choose(file, "127.0.0.1", 0);
    } while (chosen == port);
    return chosen;
  }

  private static KafkaRaftServer startServer(Properties properties, Path data) {
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
    try {
      server.startup();
      return server;
    } catch (RuntimeException e) {
      server.shutdown();
      throw new EmbeddedServerException("Kafka on " + data + " does not start: " + e, e);
    }
  }

  /** What clients set as {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return advertisedHost + ":" + port;
  }

  public int port() {
    return port;
  }

  /**
   * Stops the broker cleanly; what was acknowledged is on disk afterwards. Closing twice is
   * harmless.
   *
   * @throws EmbeddedServerException when it has not stopped after 15 s
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // On a thread of its own: a broker that hangs must not keep the process from ending.
    Thread stopper = Thread.ofPlatform().daemon().name("kafka-stop").start(this::stop);
    try {
      if (!stopper.join(STOP_LIMIT)) {
        throw new EmbeddedServerException(
            "Kafka on port " + port + " has not stopped within " + STOP_LIMIT.toSeconds() + " s.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop() {
    try {
      server.shutdown();
      server.awaitShutdown();
    } finally {
      lock.close();
    }
  }
}
