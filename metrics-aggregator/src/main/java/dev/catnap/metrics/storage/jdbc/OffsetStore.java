package dev.catnap.metrics.storage.jdbc;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far each partition is folded. Written in the transaction of the rows that came from there, so
 * that both are true or neither: this, not the broker's own book, is where reading goes on.
 */
public final class OffsetStore {
  /**
   * @param nextOffset the offset behind the last record folded
   * @param newestAt the newest time that an event told; {@link Instant#EPOCH} where none could be
   *     read
   */
  public record Progress(long nextOffset, Instant newestAt) {
    /** With another record folded behind. */
    public Progress and(Progress later) {
      return new Progress(
          Math.max(nextOffset, later.nextOffset),
          newestAt.isAfter(later.newestAt) ? newestAt : later.newestAt);
    }
  }

  private final JdbcTemplate jdbc;

  public OffsetStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Partitions never folded are not in it. */
  public Map<TopicPartition, Long> load() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    jdbc.query(
        "SELECT topic, partition, next_offset FROM fold_offset",
        row -> {
          offsets.put(
              new TopicPartition(row.getString("topic"), row.getInt("partition")),
              row.getLong("next_offset"));
        });
    return offsets;
  }

  /** By topic: the newest time that a folded event told; topics never folded are not in it. */
  public Map<String, Instant> newest() {
    Map<String, Instant> newest = new HashMap<>();
    jdbc.query(
        "SELECT topic, max(newest_at) AS newest FROM fold_offset GROUP BY topic",
        row -> {
          newest.put(row.getString("topic"), Times.required(row, "newest"));
        });
    return newest;
  }

  /**
   * Moves on; where reading began anew, back.
   *
   * @param progress of each partition that a batch had records of
   */
  public void save(Map<TopicPartition, Progress> progress) {
    List<Map.Entry<TopicPartition, Progress>> rows = List.copyOf(progress.entrySet());
    jdbc.update(
        """
        INSERT INTO fold_offset AS o (topic, partition, next_offset, newest_at)
        SELECT * FROM unnest(?::text[], ?::int[], ?::bigint[], ?::timestamptz[])
        ON CONFLICT (topic, partition) DO UPDATE SET
          next_offset = excluded.next_offset, newest_at = greatest(o.newest_at, excluded.newest_at)
        """,
        Columns.of(rows)
            .text(row -> row.getKey().topic())
            .number(row -> row.getKey().partition())
            .number(row -> row.getValue().nextOffset())
            .instant(row -> row.getValue().newestAt())
            .arguments());
  }
}
