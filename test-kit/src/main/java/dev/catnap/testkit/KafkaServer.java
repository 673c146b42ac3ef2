package dev.catnap.testkit;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import org.jspecify.annotations.Nullable;

/**
 * A real broker for tests. Obtain the shared one with {@link WithKafka} or {@link #shared()}; only
 * a private one, which nobody else counts on, can be stopped.
 */
public final class KafkaServer implements AutoCloseable {

  private static @Nullable KafkaServer sharedServer;

  private final EmbeddedKafkaSettings settings;
  private final String bootstrapServers;
  private final boolean stoppable;
  private @Nullable EmbeddedKafka running;

  private KafkaServer(boolean stoppable) {
    this.stoppable = stoppable;
    EmbeddedKafkaSettings anyPort =
        EmbeddedKafkaSettings.in(TemporaryDirectory.create("test-kafka"));
    EmbeddedKafka first = EmbeddedKafka.start(anyPort);
    running = first;
    bootstrapServers = first.bootstrapServers();
    settings = anyPort.withPort(first.port());
    AtJvmEnd.run(this::end);
  }

  /** The one broker of this JVM, started at the first call, stopped at the JVM's end. */
  public static synchronized KafkaServer shared() {
    if (sharedServer == null) {
      sharedServer = new KafkaServer(false);
    }
    return sharedServer;
  }

  /** A broker of one's own, which can be stopped and started again. Close it after use. */
  public static KafkaServer privateServer() {
    return new KafkaServer(true);
  }

  /** The same over stops and starts. */
  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** A probe on this broker. Close it after use. */
  public KafkaProbe probe() {
    return new KafkaProbe(bootstrapServers);
  }

  /**
   * Stops the broker, as in an outage; data stay. Harmless when it is stopped.
   *
   * @throws IllegalStateException for the shared broker
   */
  public void stop() {
    if (!stoppable) {
      throw new IllegalStateException(
          "Other tests use the shared broker: ask for a private one with @WithKafka(isolated = true).");
    }
    end();
  }

  /** Starts the broker again on the same data and port. Harmless when it runs. */
  public synchronized void start() {
    if (running == null) {
      running = EmbeddedKafka.start(settings);
    }
  }

  private synchronized void end() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** Ends a private broker; the shared one runs on. */
  @Override
  public void close() {
    if (stoppable) {
      end();
    }
  }
}
