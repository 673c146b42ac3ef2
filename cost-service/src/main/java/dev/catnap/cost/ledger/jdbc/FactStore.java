package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.Columns;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Facts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Stores a batch: its rows, what follows from them, and the offsets behind it, all or nothing. So a
 * crash at any moment neither loses nor repeats the effect of a record.
 */
public final class FactStore {
  /** Folds share it; the deletion of old samples has it alone. */
  private static final long LOCK = 0x636f7374L;

  private static final String LOCK_SHARED = "SELECT pg_advisory_xact_lock_shared(?)";
  private static final String LOCK_ALONE = "SELECT pg_advisory_xact_lock(?)";

  /**
   * Two instances may meet on one service where records were written without a key; each must see
   * the other's rows before it sums. Taken in order, so that none waits for one who waits for it.
   */
  private static final String LOCK_SERVICES =
      """
      SELECT count(pg_advisory_xact_lock(hashtextextended(service, ?)))
      FROM (SELECT DISTINCT service FROM unnest(?::text[]) AS t (service) ORDER BY service) s
      """;

  private static final String SAVE_OFFSETS =
      """
      INSERT INTO fold_offset (topic, partition, next_offset)
      SELECT * FROM unnest(?::text[], ?::int[], ?::bigint[])
      ON CONFLICT (topic, partition) DO UPDATE SET next_offset = excluded.next_offset
      """;

  private final CostDatabase database;
  private final JdbcTemplate jdbc;
  private final SpanStore spans;
  private final SampleStore samples;
  private final HourStore hours;
  private final StorageStore storage;
  private final DefinitionStore definitions;
  private final BuiltStore ledger;

  public FactStore(CostDatabase database) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.spans = new SpanStore(jdbc);
    this.samples = new SampleStore(jdbc);
    this.hours = new HourStore(jdbc);
    this.storage = new StorageStore(jdbc);
    this.definitions = new DefinitionStore(jdbc);
    this.ledger = new BuiltStore(jdbc);
  }

  /**
   * @param nextOffsets where each partition stands behind this batch
   * @return samples left out, because those of their hour are deleted already
   */
  public int store(Facts facts, Map<TopicPartition, Long> nextOffsets) {
    return database.write(() -> {
      int late = facts.services().isEmpty() ? 0 : rows(facts);
      saveOffsets(nextOffsets);
      return late;
    });
  }

  private int rows(Facts facts) {
    jdbc.query(LOCK_SHARED, row -> {}, LOCK);
    lockServices(jdbc, facts.services());
    List<Touched> newSpans = spans.add(facts.changes());
    List<Touched> newSamples = samples.add(facts.samples());
    hours.sumAfterSpans(newSpans);
    hours.sumAfterSamples(newSamples);
    storage.sumAfterSamples(facts.samples());
    ledger.touch(newSpans);
    ledger.touchBefore(newSamples);
    ledger.touch(definitions.add(facts.definitions()));
    return newSamples.size() == facts.samples().size() ? 0 : samples.countLate(facts.samples());
  }

  /** Keeps others from storing facts of these services until the transaction ends. */
  static void lockServices(JdbcTemplate jdbc, Collection<String> services) {
    jdbc.query(LOCK_SERVICES, row -> {}, LOCK, services.toArray(String[]::new));
  }

  private void saveOffsets(Map<TopicPartition, Long> nextOffsets) {
    List<Map.Entry<TopicPartition, Long>> rows = List.copyOf(nextOffsets.entrySet());
    jdbc.update(
        SAVE_OFFSETS,
        new Columns<>(rows)
            .with(row -> row.getKey().topic())
            .with(row -> row.getKey().partition())
            .with(Map.Entry::getValue)
            .arguments());
  }

  /** Where to read on; partitions never folded are not in it. */
  public Map<TopicPartition, Long> nextOffsets() {
    return database.read(() -> {
      Map<TopicPartition, Long> next = new HashMap<>();
      jdbc.query(
          "SELECT topic, partition, next_offset FROM fold_offset",
          row -> {
            next.put(new TopicPartition(row.getString(1), row.getInt(2)), row.getLong(3));
          });
      return next;
    });
  }

  /**
   * Deletes samples of full hours up to {@code time}; their sums stand.
   *
   * @return how many
   */
  public int deleteSamplesUpTo(Instant time) {
    return database.write(() -> {
      jdbc.query(LOCK_ALONE, row -> {}, LOCK);
      return samples.deleteUpTo(time.truncatedTo(ChronoUnit.HOURS));
    });
  }
}
