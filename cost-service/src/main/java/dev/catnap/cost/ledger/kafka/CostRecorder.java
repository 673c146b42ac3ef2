package dev.catnap.cost.ledger.kafka;

import dev.catnap.cost.ledger.Facts;
import dev.catnap.cost.ledger.jdbc.FactStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.HashMap;
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
import org.springframework.transaction.TransactionException;

/**
 * Records state changes, samples and definitions as facts to be priced, a batch a transaction, from
 * where the tables stand: the offsets in the database decide, those committed to the broker only
 * tell others how far we are. A batch that fails is tried again until it succeeds.
 *
 * <p>Counters by topic: {@code catnap_cost_records_total} = stored (known ones too) + {@code
 * catnap_cost_records_passed_over_total} + {@code catnap_cost_samples_late_total}.
 */
public final class CostRecorder implements ConsumerSeekAware {
  private static final Logger log = LoggerFactory.getLogger(CostRecorder.class);

  private final FactStore store;
  private final FactReader reader;
  private final Positions positions;
  private final MeterRegistry meters;

  public CostRecorder(FactStore store, MeterRegistry meters) {
    this.store = store;
    this.reader = new FactReader(meters);
    this.positions = new Positions(store);
    this.meters = meters;
  }

  @KafkaListener(
      id = "cost-recorder",
      idIsGroup = false,
      containerFactory = "costListenerFactory",
      topics = {"catnap.state-changes", "catnap.resource-samples", "catnap.services"},
      batch = "true",
      properties = "max.poll.records=${catnap.cost-service.batch-size:2000}")
  public void record(List<ConsumerRecord<String, byte[]>> records, Consumer<?, ?> consumer) {
    Set<TopicPartition> partitions = new HashSet<>();
    records.forEach(record -> partitions.add(partition(record)));
    Set<TopicPartition> moved =
        positions.correct(
            partitions,
            (partition, offset) -> {
              if (offset == null) {
                consumer.seekToBeginning(List.of(partition));
              } else {
                consumer.seek(partition, offset);
              }
            });
    // Records of those come again, from where they belong.
    store(records.stream().filter(record -> !moved.contains(partition(record))).toList());
  }

  private void store(List<ConsumerRecord<String, byte[]>> records) {
    Facts facts = new Facts();
    Map<TopicPartition, Long> next = new HashMap<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      reader.read(record, facts);
      next.put(partition(record), record.offset() + 1);
    }
    int late = store.store(facts, next);
    records.forEach(
        record -> meters.counter("catnap.cost.records", "topic", record.topic()).increment());
    if (late > 0) {
      meters.counter("catnap.cost.samples.late").increment(late);
      log.atWarn()
          .addKeyValue("samples", late)
          .log("left out: samples of their hour are deleted already; see sample-retention");
    }
  }

  private static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  @Override
  public void onPartitionsAssigned(
      Map<TopicPartition, Long> assignments, ConsumerSeekCallback callback) {
    positions.forget(assignments.keySet());
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
    } catch (DataAccessException | TransactionException e) {
      log.atDebug()
          .addKeyValue("partitions", partitions.size())
          .addKeyValue("reason", e.getMessage())
          .log("position unknown while the database is away");
    }
  }
}
