package dev.catnap.kit.kafka;

import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.RecordInterceptor;
import org.springframework.kafka.listener.RetryListener;

/** Says once that a partition waits, and once that it goes on: not once a retry. */
final class FailureLog
    implements RetryListener,
        RecordInterceptor<String, byte[]>,
        BatchInterceptor<String, byte[]>,
        ConsumerRebalanceListener {
  private static final Logger log = LoggerFactory.getLogger(FailureLog.class);

  private final String service;
  private final Set<TopicPartition> waiting = ConcurrentHashMap.newKeySet();

  FailureLog(String service) {
    this.service = service;
  }

  /** Partitions that wait for something to come back. */
  int waiting() {
    return waiting.size();
  }

  @Override
  public void failedDelivery(
      ConsumerRecord<?, ?> record, @Nullable Exception failure, int attempt) {
    failed(new TopicPartition(record.topic(), record.partition()), failure);
  }

  @Override
  public void failedDelivery(
      ConsumerRecords<?, ?> records, @Nullable Exception failure, int attempt) {
    records.partitions().forEach(partition -> failed(partition, failure));
  }

  private void failed(TopicPartition partition, @Nullable Exception failure) {
    if (failure == null || Failure.of(failure) == Failure.UNREADABLE) {
      return;
    }
    if (waiting.add(partition)) {
      log.atWarn()
          .addKeyValue("service", service)
          .addKeyValue("topic", partition.topic())
          .addKeyValue("partition", partition.partition())
          .setCause(Failure.unwrapped(failure))
          .log("record cannot be processed, trying again");
    }
  }

  @Override
  public void recovered(ConsumerRecord<?, ?> record, @Nullable Exception failure) {
    goesOn(new TopicPartition(record.topic(), record.partition()));
  }

  @Override
  public ConsumerRecord<String, byte[]> intercept(
      ConsumerRecord<String, byte[]> record, Consumer<String, byte[]> consumer) {
    return record;
  }

  @Override
  public void success(ConsumerRecord<String, byte[]> record, Consumer<String, byte[]> consumer) {
    if (!waiting.isEmpty()) {
      goesOn(new TopicPartition(record.topic(), record.partition()));
    }
  }

  @Override
  public ConsumerRecords<String, byte[]> intercept(
      ConsumerRecords<String, byte[]> records, Consumer<String, byte[]> consumer) {
    return records;
  }

  @Override
  public void success(ConsumerRecords<String, byte[]> records, Consumer<String, byte[]> consumer) {
    if (!waiting.isEmpty()) {
      records.partitions().forEach(this::goesOn);
    }
  }

  /** A partition taken over by another instance is no longer ours to report. */
  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    waiting.removeAll(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // Whether they wait shows with their first record.
  }

  private void goesOn(TopicPartition partition) {
    if (waiting.remove(partition)) {
      log.atInfo()
          .addKeyValue("service", service)
          .addKeyValue("topic", partition.topic())
          .addKeyValue("partition", partition.partition())
          .log("partition goes on");
    }
  }
}
