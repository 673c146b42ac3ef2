package dev.catnap.ingest.activity.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * A producer made when it is first needed, and again when it could not be made: while a broker's
 * host name does not resolve, a client cannot even be constructed. Safe for all threads.
 */
public final class LazyProducer implements AutoCloseable {
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(3);

  private final Map<String, Object> config;
  private volatile @Nullable Producer<String, byte[]> made;

  public LazyProducer(Map<String, Object> config) {
    this.config = Map.copyOf(config);
  }

  /**
   * @throws org.apache.kafka.common.KafkaException when it cannot be made now
   */
  public Producer<String, byte[]> get() {
    Producer<String, byte[]> producer = made;
    return producer == null ? make() : producer;
  }

  private synchronized Producer<String, byte[]> make() {
    Producer<String, byte[]> producer = made;
    if (producer == null) {
      producer = new KafkaProducer<>(config);
      made = producer;
    }
    return producer;
  }

  /** Sends what is left, within three seconds. */
  @Override
  public synchronized void close() {
    Producer<String, byte[]> producer = made;
    if (producer != null) {
      producer.close(CLOSE_WITHIN);
    }
  }
}
