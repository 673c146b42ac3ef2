package dev.catnap.metrics.performance.http;

import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.kafka.FoldLag;
import dev.catnap.metrics.storage.http.Asking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * How far the tables are behind the log.
 *
 * @param reason why the records behind are absent; null when they are there
 */
public record EventLag(List<OfTopic> topics, @Nullable String reason) {
  /**
   * @param records in the log and not yet in the tables
   * @param newestEventAgeMillis since the newest event in the tables; grows while nothing happens,
   *     null while there is none
   */
  public record OfTopic(
      String topic, @Nullable Long records, @Nullable Long newestEventAgeMillis) {}

  static EventLag of(FoldLag lag, FoldTransaction folds, Instant now) {
    Map<String, Instant> newest = Asking.database(folds::newest);
    Map<String, Long> records = Map.of();
    String reason = null;
    try {
      records = Asking.database(lag::records);
    } catch (KafkaException e) {
      reason = String.valueOf(e.getMessage());
    }
    TreeSet<String> topics = new TreeSet<>(newest.keySet());
    topics.addAll(records.keySet());
    Map<String, Long> behind = records;
    return new EventLag(
        topics.stream()
            .map(topic -> new OfTopic(topic, behind.get(topic), age(newest.get(topic), now)))
            .toList(),
        reason);
  }

  private static @Nullable Long age(@Nullable Instant newest, Instant now) {
    return newest == null || newest.equals(Instant.EPOCH)
        ? null
        : Math.max(0, Duration.between(newest, now).toMillis());
  }
}
