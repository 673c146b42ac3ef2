package dev.catnap.metrics.fold.kafka;

import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How many records of each topic are in the log and not yet in the tables. */
public final class FoldLag implements AutoCloseable {
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

  private final KafkaClients clients;
  private final FoldTransaction folds;
  private @Nullable Admin admin;

  FoldLag(KafkaClients clients, FoldTransaction folds) {
    this.clients = clients;
    this.folds = folds;
  }

  /**
   * By topic.
   *
   * @throws KafkaException when the broker does not answer within two seconds
   * @throws org.springframework.dao.DataAccessException when the database is away
   */
  public Map<String, Long> records() {
    Map<TopicPartition, Long> next = folds.place().offsets();
    try {
      List<TopicPartition> partitions = partitions();
      Map<TopicPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
      Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
      Map<String, Long> lag = new TreeMap<>();
      for (TopicPartition partition : partitions) {
        long end = ends.getOrDefault(partition, 0L);
        // What was deleted by retention before it was folded is not behind, it is gone.
        long start = starts.getOrDefault(partition, 0L);
        long stored = Math.max(next.getOrDefault(partition, 0L), start);
        lag.merge(partition.topic(), Math.max(0, end - stored), Long::sum);
      }
      return lag;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the broker does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  private List<TopicPartition> partitions()
      throws ExecutionException, InterruptedException, TimeoutException {
    return connected()
        .describeTopics(HistoryListener.TOPICS)
        .allTopicNames()
        .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .values()
        .stream()
        .flatMap(topic ->
            topic.partitions().stream()
                .map(info -> new TopicPartition(topic.name(), info.partition())))
        .toList();
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException, TimeoutException {
    return connected()
        .listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> which)))
        .all()
        .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .entrySet()
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
  }

  private synchronized Admin connected() {
    if (admin == null) {
      admin = clients.admin("metrics-lag");
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
