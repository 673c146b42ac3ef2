package dev.catnap.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Writes to and reads from topics as a test sees them: text in, text out, every wait bounded.
 *
 * <p>Reading is always from the beginning and in no consumer group, so that a probe disturbs
 * nobody. For one thread.
 */
public final class KafkaProbe implements AutoCloseable {

  private static final Duration CALL_LIMIT = Duration.ofSeconds(20);

  private final String bootstrapServers;
  private @Nullable KafkaProducer<String, String> producer;

  /** A record as text. {@code value} is null for a tombstone. */
  public record Message(
      int partition,
      long offset,
      long timestamp,
      @Nullable String key,
      @Nullable String value,
      Map<String, String> headers) {}

  public KafkaProbe(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Creates a topic unless it exists. */
  public void createTopic(String topic, int partitions) {
    createTopic(topic, partitions, Map.of());
  }

  /** Creates a topic with settings such as {@code cleanup.policy=compact}, unless it exists. */
  public void createTopic(String topic, int partitions, Map<String, String> settings) {
    NewTopic wanted =
        new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(settings);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(wanted)).all().get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed("create " + topic, e);
      }
    } catch (InterruptedException | TimeoutException e) {
      throw failed("create " + topic, e);
    }
  }

  /** Sends without headers and waits until the broker has it. */
  public void send(String topic, @Nullable String key, @Nullable String value) {
    send(topic, key, value, Map.of());
  }

  /** Sends and waits until the broker has it. A null value is a tombstone. */
  public void send(
      String topic, @Nullable String key, @Nullable String value, Map<String, String> headers) {
    ProducerRecord<String, String> message = new ProducerRecord<>(topic, key, value);
    headers.forEach((name, text) -> message.headers().add(name, bytes(text)));
    try {
      producer().send(message).get(CALL_LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw failed("send to " + topic, e);
    }
  }

  /** Everything that is on the topic now, in order of partition and offset. */
  public List<Message> readAll(String topic) {
    try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(topic, p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      return readTo(consumer, consumer.endOffsets(partitions));
    }
  }

  /**
   * Waits until the topic's records satisfy a condition, and answers with them.
   *
   * @throws org.awaitility.core.ConditionTimeoutException with the records seen last, when they do
   *     not in time
   */
  public List<Message> await(String topic, Duration limit, Predicate<List<Message>> condition) {
    return awaitRecords(topic, limit, condition);
  }

  /** Waits until at least so many records are on the topic. */
  public List<Message> awaitCount(String topic, int count, Duration limit) {
    return awaitRecords(topic, limit, messages -> messages.size() >= count);
  }

  /** Waits for the first record that satisfies a condition. */
  public Message awaitFirst(String topic, Duration limit, Predicate<? super Message> condition) {
    return awaitRecords(topic, limit, messages -> messages.stream().anyMatch(condition)).stream()
        .filter(condition)
        .findFirst()
        .orElseThrow();
  }

  private List<Message> awaitRecords(
      String topic, Duration limit, Predicate<List<Message>> condition) {
    return Awaitility.await("records of " + topic)
        .atMost(limit)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> readAll(topic), condition);
  }

  private static List<Message> readTo(
      KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
    long deadline = System.nanoTime() + CALL_LIMIT.toNanos();
    List<Message> messages = new ArrayList<>();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Reading has not reached " + ends + " in " + CALL_LIMIT);
      }
      consumer.poll(Duration.ofMillis(50)).forEach(record -> messages.add(message(record)));
    }
    return inOrder(messages);
  }

  private static List<Message> inOrder(Collection<Message> messages) {
    return messages.stream()
        .sorted(Comparator.comparingInt(Message::partition).thenComparingLong(Message::offset))
        .toList();
  }

  private static Message message(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new HashMap<>();
    StreamSupport.stream(record.headers().spliterator(), false)
        .forEach(header -> headers.put(header.key(), String.valueOf(text(header.value()))));
    return new Message(
        record.partition(),
        record.offset(),
        record.timestamp(),
        text(record.key()),
        text(record.value()),
        Map.copyOf(headers));
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrapServers),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  private KafkaProducer<String, String> producer() {
    if (producer == null) {
      producer =
          new KafkaProducer<>(
              Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
              new StringSerializer(),
              new StringSerializer());
    }
    return producer;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String text(byte @Nullable [] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static IllegalStateException failed(String what, Exception e) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return new IllegalStateException("Cannot " + what, e);
  }

  @Override
  public void close() {
    if (producer != null) {
      producer.close(Duration.ofSeconds(5));
    }
  }
}
