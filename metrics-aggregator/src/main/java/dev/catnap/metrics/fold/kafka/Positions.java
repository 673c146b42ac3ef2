package dev.catnap.metrics.fold.kafka;

import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions are read from where the tables stand. The database may be away when a partition
 * is assigned; such a partition is put right before anything from it is folded.
 */
final class Positions {
  /** Moves reading to an offset; {@code null} stands for the beginning. */
  interface Seek {
    void to(TopicPartition partition, @Nullable Long offset);
  }

  /** Far below the time after which the group takes a silent member's partitions away. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final FoldTransaction folds;
  private final Set<TopicPartition> right = ConcurrentHashMap.newKeySet();
  private int generation;

  Positions(FoldTransaction folds) {
    this.folds = folds;
  }

  /** At start the schema is there a moment later: not worth a failed batch and a warning. */
  void awaitDatabase() {
    boolean unused = folds.awaitReady(PATIENCE);
  }

  record Corrected(Set<TopicPartition> moved, int generation) {}

  /** Newly assigned, or lost: nothing is known of them. */
  synchronized void forget(Collection<TopicPartition> partitions) {
    right.removeAll(partitions);
  }

  /** The tables have been built anew: all are to be put right. */
  synchronized void forgetAll() {
    right.clear();
  }

  /**
   * Puts right those that are not yet.
   *
   * @return which were moved, and the generation of which all of them stand right now
   * @throws org.springframework.dao.DataAccessException when the database is away
   */
  synchronized Corrected correct(Collection<TopicPartition> partitions, Seek seek) {
    Set<TopicPartition> wrong = new HashSet<>(partitions);
    wrong.removeAll(right);
    if (!wrong.isEmpty()) {
      FoldTransaction.Place place = folds.place();
      if (place.generation() != generation) {
        // Those put right before stand elsewhere in the new tables.
        right.clear();
        generation = place.generation();
      }
      wrong.forEach(partition -> seek.to(partition, place.offsets().get(partition)));
      right.addAll(wrong);
    }
    return new Corrected(wrong, generation);
  }
}
