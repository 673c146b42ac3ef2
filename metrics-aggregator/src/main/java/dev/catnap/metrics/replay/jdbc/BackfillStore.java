package dev.catnap.metrics.replay.jdbc;

import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.jdbc.NextGeneration;
import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;

/** Where a backfill stands, and the days it opened again. */
public final class BackfillStore {
  private final MetricsDatabase database;

  public BackfillStore(MetricsDatabase database) {
    this.database = database;
  }

  /** Rows by table. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    for (String table : NextGeneration.FROM_THE_LOG) {
      counts.put(
          table, database.client().sql("SELECT count(*) FROM " + table).query(Long.class).single());
    }
    return counts;
  }

  /**
   * Opens the sealed days of a stretch, both ends included; nobody folds meanwhile.
   *
   * @return all that this replay opened, now or before it was interrupted
   */
  public Set<LocalDate> open(UUID replay, LocalDate first, LocalDate last) {
    Set<LocalDate> opened =
        database.inTransaction(() -> {
          database.jdbc().query("SELECT pg_advisory_xact_lock(?)", row -> {}, FoldTransaction.LOCK);
          database
              .jdbc()
              .update(
                  """
                  WITH opened AS (DELETE FROM sealed_day WHERE day BETWEEN ? AND ? RETURNING day)
                  INSERT INTO replay_day SELECT ?, day FROM opened ON CONFLICT DO NOTHING
                  """,
                  first,
                  last,
                  replay);
          return new HashSet<>(
              database
                  .jdbc()
                  .query(
                      "SELECT day FROM replay_day WHERE replay = ?",
                      (row, number) -> row.getObject(1, LocalDate.class),
                      replay));
        });
    return opened == null ? Set.of() : opened;
  }

  /** None before it has read anything. */
  public Map<TopicPartition, Long> offsets(UUID replay) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    database
        .client()
        .sql("SELECT topic, partition, next_offset FROM replay_offset WHERE replay = :id")
        .param("id", replay)
        .query(row -> {
          offsets.put(
              new TopicPartition(row.getString("topic"), row.getInt("partition")),
              row.getLong("next_offset"));
        });
    return offsets;
  }

  public void save(UUID replay, Map<TopicPartition, Long> offsets) {
    List<Map.Entry<TopicPartition, Long>> rows = List.copyOf(offsets.entrySet());
    Object[] columns =
        Columns.of(rows)
            .text(row -> row.getKey().topic())
            .ints(row -> row.getKey().partition())
            .longs(Map.Entry::getValue)
            .arguments();
    database.inTransaction(() ->
        database
            .jdbc()
            .update(
                """
                INSERT INTO replay_offset (replay, topic, partition, next_offset)
                SELECT ?, t.* FROM unnest(?::text[], ?::int[], ?::bigint[]) AS t
                ON CONFLICT (replay, topic, partition)
                  DO UPDATE SET next_offset = excluded.next_offset
                """,
                replay,
                columns[0],
                columns[1],
                columns[2]));
  }
}
