package dev.catnap.metrics.replay.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions up to where they ended when asked; outside of any consumer group. */
final class LogReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Consumer<String, byte[]> consumer;
  private final Map<TopicPartition, Long> ends;

  /**
   * @param from where each partition is begun; those not in it at their beginning
   * @param ends behind the last record of each partition that is read
   */
  LogReader(
      Consumer<String, byte[]> consumer,
      Map<TopicPartition, Long> from,
      Map<TopicPartition, Long> ends) {
    this.consumer = consumer;
    this.ends = new HashMap<>(ends);
    consumer.assign(ends.keySet());
    List<TopicPartition> whole = new ArrayList<>(ends.keySet());
    whole.removeAll(from.keySet());
    consumer.seekToBeginning(whole);
    from.forEach((partition, offset) -> {
      if (ends.containsKey(partition)) {
        consumer.seek(partition, offset);
      }
    });
  }

  /** Whether all is read; a partition that is leaves the others to be read. */
  boolean isDone() {
    List<TopicPartition> done =
        ends.entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) >= end.getValue())
            .map(Map.Entry::getKey)
            .toList();
    if (!done.isEmpty()) {
      done.forEach(ends::remove);
      consumer.assign(ends.keySet());
    }
    return ends.isEmpty();
  }

  /** The next records; none when the broker has none to give right now. */
  List<ConsumerRecord<String, byte[]>> next() {
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    consumer.poll(POLL).forEach(records::add);
    return records;
  }

  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    ends.keySet().forEach(partition -> positions.put(partition, consumer.position(partition)));
    return positions;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
