package dev.catnap.metrics.replay.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.metrics.fold.kafka.HistoryListener;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** The three topics as they are: where they begin and end, and readers of them. */
final class Log {
  /**
   * Of a few readers, what is fetched ahead and what is being folded are small beside a heap of 256
   * MB: else the collector copies them again and again, and takes a third of the time.
   */
  private static final int BATCH = 4_000;

  private static final int FETCH_BYTES = 4 << 20;
  private static final int PARTITION_FETCH_BYTES = 1 << 20;

  private static final Duration KEPT =
      Objects.requireNonNull(Topics.ACTIVITY.retention(), "activity is not kept for ever");

  private final KafkaClients clients;

  Log(KafkaClients clients) {
    this.clients = clients;
  }

  /** Begins and ends of all partitions, and from which day on all details are there. */
  record Extent(
      Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends, Instant completeFrom) {
    long records() {
      return ends.entrySet().stream()
          .mapToLong(end -> end.getValue() - begins.getOrDefault(end.getKey(), 0L))
          .sum();
    }
  }

  Extent extent(Instant now) {
    try (Consumer<String, byte[]> consumer = consumer("metrics-replay-extent")) {
      List<TopicPartition> partitions =
          HistoryListener.TOPICS.stream()
              .flatMap(topic -> consumer.partitionsFor(topic).stream())
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .toList();
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      return new Extent(begins, new HashMap<>(ends), completeFrom(consumer, begins, ends, now));
    }
  }

  /**
   * The first midnight (UTC) behind the oldest record of every partition that has lost its
   * beginning; 1970 where none has. One that has lost everything lost what is older than it is
   * kept.
   */
  private static Instant completeFrom(
      Consumer<String, byte[]> consumer,
      Map<TopicPartition, Long> begins,
      Map<TopicPartition, Long> ends,
      Instant now) {
    Instant from = Instant.EPOCH;
    for (Map.Entry<TopicPartition, Long> begin : begins.entrySet()) {
      TopicPartition partition = begin.getKey();
      boolean isDetail = !partition.topic().equals(Topics.STATE_CHANGES.name());
      if (isDetail && begin.getValue() > 0) {
        Instant oldest =
            begin.getValue() < ends.getOrDefault(partition, 0L)
                ? first(consumer, partition)
                : now.minus(KEPT);
        Instant midnight = oldest.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
        from = midnight.isAfter(from) ? midnight : from;
      }
    }
    return from;
  }

  private static Instant first(Consumer<String, byte[]> consumer, TopicPartition partition) {
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    for (int attempt = 0; attempt < 20; attempt++) {
      for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
        return Instant.ofEpochMilli(record.timestamp());
      }
    }
    throw new org.apache.kafka.common.errors.TimeoutException("no record of " + partition);
  }

  /** Where records of that time or later begin: no record tells of what comes after it. */
  Map<TopicPartition, Long> offsetsAt(Instant from, Extent extent) {
    try (Consumer<String, byte[]> consumer = consumer("metrics-replay-offsets")) {
      Map<TopicPartition, Long> times = new HashMap<>();
      extent.ends().keySet().forEach(partition -> times.put(partition, from.toEpochMilli()));
      Map<TopicPartition, Long> offsets = new HashMap<>(extent.ends());
      for (Map.Entry<TopicPartition, OffsetAndTimestamp> found :
          consumer.offsetsForTimes(times).entrySet()) {
        if (found.getValue() instanceof OffsetAndTimestamp at) {
          offsets.put(found.getKey(), at.offset());
        }
      }
      return offsets;
    }
  }

  /**
   * A reader for each share of the partitions; partitions of one number stay together, because
   * everything about a service is in them.
   */
  List<LogReader> readers(
      int count, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
    Map<Integer, Map<TopicPartition, Long>> shares = new TreeMap<>();
    ends.forEach((partition, end) ->
        shares
            .computeIfAbsent(partition.partition() % count, any -> new HashMap<>())
            .put(partition, end));
    return shares.entrySet().stream()
        .map(share ->
            new LogReader(consumer("metrics-replay-" + share.getKey()), from, share.getValue()))
        .toList();
  }

  private Consumer<String, byte[]> consumer(String client) {
    Map<String, Object> config = clients.consumerConfig(client, null);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
    config.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    config.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    return new KafkaConsumer<>(config);
  }
}
