package dev.catnap.events.kafka;

import dev.catnap.events.json.MalformedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all partitions of a topic, in this process alone, from a point in time onwards, and says
 * when it has seen all that was there at its start.
 *
 * <p>It belongs to no consumer group: each process that follows sees everything. A broker that is
 * away is waited for with pauses of 100 ms to 2 s; the position is kept meanwhile. A record that
 * cannot be read is logged and passed over; the topic's own service puts it on the dead-letter
 * topic.
 */
public final class TopicFollower<V> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);

  /** Takes what was read; called by one thread, in the order of each partition. */
  public interface Handler<V> {
    /**
     * @param event null when the key was removed
     */
    void handle(ConsumerRecord<String, byte[]> record, @Nullable V event);
  }

  private final Topic<V> topic;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final @Nullable Instant since;
  private final Handler<V> handler;
  private final CountDownLatch caughtUp = new CountDownLatch(1);
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Map<TopicPartition, Long> endsAtStart = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean connected;
  private volatile @Nullable Consumer<String, byte[]> current;

  /**
   * @param consumers makes a consumer without group, with text keys and byte values
   * @param since read from this time on; null: from the beginning
   */
  public TopicFollower(
      Topic<V> topic,
      Supplier<Consumer<String, byte[]>> consumers,
      @Nullable Instant since,
      Handler<V> handler) {
    this.topic = topic;
    this.consumers = consumers;
    this.since = since;
    this.handler = handler;
    this.thread = Thread.ofPlatform().daemon().name("follow-" + topic.name()).unstarted(this::run);
  }

  public TopicFollower<V> start() {
    thread.start();
    return this;
  }

  /** Whether everything that was on the topic at the start has been handled. */
  public boolean isCaughtUp() {
    return caughtUp.getCount() == 0;
  }

  /**
   * Whether there is a connection to any broker, as of the last poll: half a second ago at most. A
   * poll itself does not fail without a broker, it only comes back empty.
   */
  public boolean isConnected() {
    return connected;
  }

  /**
   * @return false when it took longer than {@code atMost}
   */
  public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
    return caughtUp.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run() {
    Duration pause = SHORTEST_PAUSE;
    while (!closed) {
      try (Consumer<String, byte[]> consumer = consumers.get()) {
        current = consumer;
        assign(consumer);
        connected = true;
        pause = SHORTEST_PAUSE;
        follow(consumer);
      } catch (WakeupException | InterruptException e) {
        // Asked to stop.
      } catch (KafkaException e) {
        log.atWarn()
            .addKeyValue("topic", topic.name())
            .addKeyValue("cause", e.toString())
            .addKeyValue("retryInMillis", pause.toMillis())
            .log("cannot follow topic, trying again");
      } catch (RuntimeException e) {
        log.atError()
            .addKeyValue("topic", topic.name())
            .addKeyValue("retryInMillis", pause.toMillis())
            .setCause(e)
            .log("handler of topic failed, trying the batch again");
      } finally {
        connected = false;
        current = null;
      }
      pause = rest(pause);
    }
  }

  private Duration rest(Duration pause) {
    if (!closed) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    Duration doubled = pause.multipliedBy(2);
    return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
  }

  private void assign(Consumer<String, byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    if (partitions.isEmpty()) {
      throw new KafkaException("topic " + topic.name() + " does not exist yet");
    }
    consumer.assign(partitions);
    if (endsAtStart.isEmpty()) {
      endsAtStart.putAll(consumer.endOffsets(partitions));
    }
    Map<TopicPartition, Long> starts = startOffsets(consumer, partitions);
    for (TopicPartition partition : partitions) {
      long start = starts.getOrDefault(partition, 0L);
      consumer.seek(partition, positions.getOrDefault(partition, start));
      positions.putIfAbsent(partition, start);
    }
    sayWhenCaughtUp();
  }

  private Map<TopicPartition, Long> startOffsets(
      Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
    if (since == null) {
      return consumer.beginningOffsets(partitions);
    }
    Map<TopicPartition, Long> query = new HashMap<>();
    partitions.forEach(partition -> query.put(partition, since.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(query);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> starts = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndTimestamp offset = found.get(partition);
      starts.put(
          partition,
          offset == null ? ends.getOrDefault(partition, 0L) : Long.valueOf(offset.offset()));
    }
    return starts;
  }

  private void follow(Consumer<String, byte[]> consumer) {
    Metric connections = connections(consumer);
    while (!closed) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
        handle(record);
      }
      connected = !(connections.metricValue() instanceof Number open) || open.doubleValue() > 0;
      for (TopicPartition partition : consumer.assignment()) {
        positions.put(partition, consumer.position(partition));
      }
      sayWhenCaughtUp();
    }
  }

  private static Metric connections(Consumer<String, byte[]> consumer) {
    return consumer.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("connection-count"))
        .findFirst()
        .map(Metric.class::cast)
        .orElseThrow(() -> new IllegalStateException("the consumer has no connection-count"));
  }

  private void handle(ConsumerRecord<String, byte[]> record) {
    @Nullable V event;
    try {
      event = Records.read(topic, record);
    } catch (MalformedRecordException e) {
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("record passed over, it cannot be read");
      return;
    }
    handler.handle(record, event);
  }

  private void sayWhenCaughtUp() {
    boolean all =
        endsAtStart.entrySet().stream()
            .allMatch(end -> positions.getOrDefault(end.getKey(), -1L) >= end.getValue());
    if (all) {
      caughtUp.countDown();
    }
  }

  /** Stops within two seconds. */
  @Override
  public void close() {
    closed = true;
    Consumer<String, byte[]> consumer = current;
    if (consumer != null) {
      consumer.wakeup();
    }
    try {
      thread.join(CLOSE_WITHIN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
