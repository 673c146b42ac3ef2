package dev.catnap.cost.ledger.kafka;

import dev.catnap.cost.ledger.jdbc.FactStore;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which partitions are read from where the tables stand. The database may be away when a partition
 * is assigned; it is put right then before anything from it is stored.
 */
final class Positions {
  /** Moves reading to an offset; null: to the beginning. */
  interface Seek {
    void to(TopicPartition partition, @Nullable Long offset);
  }

  private final FactStore facts;
  private final Set<TopicPartition> right = ConcurrentHashMap.newKeySet();

  Positions(FactStore facts) {
    this.facts = facts;
  }

  void forget(Collection<TopicPartition> partitions) {
    right.removeAll(partitions);
  }

  /**
   * Puts right those that are not yet, and answers which.
   *
   * @throws org.springframework.dao.DataAccessException when the database is away
   */
  Set<TopicPartition> correct(Collection<TopicPartition> partitions, Seek seek) {
    Set<TopicPartition> wrong = new HashSet<>(partitions);
    wrong.removeAll(right);
    if (!wrong.isEmpty()) {
      Map<TopicPartition, Long> next = facts.nextOffsets();
      wrong.forEach(partition -> seek.to(partition, next.get(partition)));
      right.addAll(wrong);
    }
    return wrong;
  }
}
