package dev.catnap.kit.kafka;

import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Puts records that cannot be processed aside, to {@code <topic>.dlt}, as they were and with the
 * reason.
 *
 * <p>Counter {@code catnap_dead_letters_total{topic, service}}: consumed = processed + dead
 * letters.
 */
public final class DeadLetters {
  public static final String REASON = "catnap-dlt-reason";
  public static final String TOPIC = "catnap-dlt-topic";
  public static final String PARTITION = "catnap-dlt-partition";
  public static final String OFFSET = "catnap-dlt-offset";
  public static final String SERVICE = "catnap-dlt-service";

  /** Size of a value that even the dead-letter topic would not take; it is still at its offset. */
  public static final String OMITTED_BYTES = "catnap-dlt-omitted-bytes";

  static final String SUFFIX = ".dlt";

  private static final int LONGEST_REASON = 1_000;
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private final KafkaOperations<String, byte[]> kafka;
  private final MeterRegistry meters;
  private final Duration atMost;

  DeadLetters(KafkaOperations<String, byte[]> kafka, MeterRegistry meters, Duration atMost) {
    this.kafka = kafka;
    this.meters = meters;
    this.atMost = atMost;
  }

  /** A record together with what it says. */
  public record Received<V>(ConsumerRecord<String, byte[]> record, @Nullable V event) {}

  /**
   * Reads a batch, in order; what cannot be read goes to the dead letters and is left out.
   *
   * @param service who reads
   * @throws KafkaException when a dead letter is not taken by the broker; nothing was skipped then,
   *     and the batch is to be read again
   */
  public <V> List<Received<V>> readable(
      Topic<V> topic, Iterable<ConsumerRecord<String, byte[]>> records, String service) {
    List<Received<V>> readable = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      try {
        readable.add(new Received<>(record, Records.read(topic, record)));
      } catch (MalformedRecordException e) {
        publish(record, String.valueOf(e.getMessage()), service);
      }
    }
    return readable;
  }

  /**
   * Returns once the broker has it.
   *
   * @param record with a text or no key, and bytes or nothing as value
   * @param reason why it cannot be processed; cut to 1000 characters
   * @param service who could not
   * @throws KafkaException when the broker does not take it; the record must not be skipped then
   */
  public void publish(ConsumerRecord<?, ?> record, String reason, String service) {
    Headers headers = headers(record, reason, service);
    byte[] value = (byte[]) record.value();
    try {
      send(record, value, headers);
    } catch (RecordTooLargeException e) {
      int size = value == null ? 0 : value.length;
      send(record, null, add(headers, OMITTED_BYTES, Integer.toString(size)));
    }
    meters.counter("catnap.dead.letters", "topic", record.topic(), "service", service).increment();
    log.atWarn()
        .addKeyValue("service", service)
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", reason)
        .log("record put aside");
  }

  private static Headers headers(ConsumerRecord<?, ?> record, String reason, String service) {
    Headers headers = new RecordHeaders(record.headers());
    add(headers, REASON, reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
    add(headers, TOPIC, record.topic());
    add(headers, PARTITION, Integer.toString(record.partition()));
    add(headers, OFFSET, Long.toString(record.offset()));
    return add(headers, SERVICE, service);
  }

  private static Headers add(Headers headers, String name, String value) {
    return headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private void send(ConsumerRecord<?, ?> from, byte @Nullable [] value, Headers headers) {
    try {
      kafka
          .send(
              new ProducerRecord<>(
                  from.topic() + SUFFIX,
                  null,
                  Math.max(0, from.timestamp()),
                  (String) from.key(),
                  value,
                  headers))
          .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | KafkaException | org.springframework.kafka.KafkaException e) {
      throw asKafkaException(e);
    } catch (TimeoutException e) {
      throw new KafkaException("the broker did not take a dead letter within " + atMost, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while publishing a dead letter", e);
    }
  }

  private static KafkaException asKafkaException(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecordTooLargeException tooLarge) {
        return tooLarge;
      }
    }
    return failure instanceof KafkaException known
        ? known
        : new KafkaException("the broker did not take a dead letter", failure.getCause());
  }
}
