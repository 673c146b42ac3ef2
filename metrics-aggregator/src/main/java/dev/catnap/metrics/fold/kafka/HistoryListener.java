package dev.catnap.metrics.fold.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.fold.jdbc.GenerationChangedException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.ConsumerSeekAware;

/**
 * Reads state changes, resource samples and activity, from where the tables stand: the offsets in
 * the database decide, those committed to the broker only tell others how far we are.
 */
public final class HistoryListener implements ConsumerSeekAware {
  private static final Logger log = LoggerFactory.getLogger(HistoryListener.class);

  public static final List<String> TOPICS =
      List.of(Topics.STATE_CHANGES.name(), Topics.RESOURCE_SAMPLES.name(), Topics.ACTIVITY.name());

  private final Positions positions;
  private final Folding folding;

  HistoryListener(Positions positions, Folding folding) {
    this.positions = positions;
    this.folding = folding;
  }

  @KafkaListener(
      id = "metrics-history",
      idIsGroup = false,
      containerFactory = "metricsListenerFactory",
      topics = {"catnap.state-changes", "catnap.resource-samples", "catnap.activity"},
      batch = "true",
      concurrency = "${catnap.metrics-aggregator.readers:2}",
      properties = "max.poll.records=${catnap.metrics-aggregator.batch-size:2000}")
  public void fold(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
    Set<TopicPartition> partitions = new HashSet<>();
    records.forEach(
        record -> partitions.add(new TopicPartition(record.topic(), record.partition())));
    Positions.Corrected corrected =
        positions.correct(
            partitions,
            (partition, offset) -> {
              if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
              } else {
                consumer.seek(partition, offset);
              }
            });
    // Those come again, from where they belong.
    Set<TopicPartition> moved = corrected.moved();
    List<ConsumerRecord<String, byte[]>> placed =
        moved.isEmpty()
            ? records
            : records.stream()
                .filter(record ->
                    !moved.contains(new TopicPartition(record.topic(), record.partition())))
                .toList();
    try {
      folding.fold(placed, corrected.generation(), isBehind(partitions, consumer));
    } catch (GenerationChangedException e) {
      // Tried again, and then read from where the new tables stand.
      positions.forgetAll();
      throw e;
    }
  }

  /** As far as the broker's last answer tells; where it tells nothing we have caught up. */
  private static boolean isBehind(Set<TopicPartition> partitions, Consumer<?, ?> consumer) {
    return partitions.stream().anyMatch(partition -> consumer.currentLag(partition).orElse(0) > 0);
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    folding.assigned();
    positions.forget(assignments.keySet());
    positions.awaitDatabase();
    correct(assignments.keySet(), callback);
  }

  @Override
  public void onPartitionsRevoked(@Nullable Collection<TopicPartition> partitions) {
    positions.forget(partitions == null ? List.of() : partitions);
  }

  /** A partition without new records is put right here once the database is back. */
  @Override
  public void onIdleContainer(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    correct(assignments.keySet(), callback);
    folding.idle();
  }

  private void correct(Collection<TopicPartition> partitions, ConsumerSeekCallback callback) {
    try {
      positions.correct(
          partitions,
          (partition, offset) -> {
            if (offset == null) {
              callback.seekToBeginning(partition.topic(), partition.partition());
            } else {
              callback.seek(partition.topic(), partition.partition(), offset);
            }
          });
    } catch (DataAccessException e) {
      log.atDebug()
          .addKeyValue("partitions", partitions.size())
          .addKeyValue("reason", e.getMessage())
          .log("position unknown while the database is away");
    }
  }
}
