package dev.catnap.metrics.storage.jdbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What has rows that its sums do not know of yet. Marked in the transaction of those rows, taken in
 * the transaction that computes the sums, and both under the lock of the service: so nothing marked
 * is ever lost, and nothing is computed from less than what its mark stands for.
 */
public final class Dirty {
  /** What is summed up. */
  public enum What {
    USAGE,
    /** Hours of usage whose minutes have their sums. */
    USAGE_HOUR,
    ACTIVITY,
    WAKE;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * @param part the container; of activity the kind
   * @param bucket the start of the minute, or of the hour or day that is computed from minutes
   */
  public record Mark(String service, String part, Instant bucket) {}

  private static final String MARK =
      "INSERT INTO dirty SELECT ?, service, part, "
          + Columns.AT.formatted("bucket")
          + " FROM unnest(?::text[], ?::text[], ?::bigint[]) AS t (service, part, bucket)"
          + " ON CONFLICT DO NOTHING";

  private static final String TAKE =
      """
      DELETE FROM dirty WHERE what = ? AND service = ANY (?::text[])
      RETURNING service, part, bucket
      """;

  private final JdbcTemplate jdbc;

  public Dirty(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Notes what is to be computed; marked already, it stays so. */
  public void mark(What what, Collection<Mark> marks) {
    if (!marks.isEmpty()) {
      Columns<Mark> columns =
          Columns.of(marks).text(Mark::service).text(Mark::part).micros(Mark::bucket);
      Object[] keys = columns.arguments();
      jdbc.update(MARK, what.toString(), keys[0], keys[1], keys[2]);
    }
  }

  /** All that is marked of these services; the marks are gone with the transaction. */
  public List<Mark> take(What what, Collection<String> services) {
    return jdbc.query(
        TAKE,
        (row, number) ->
            new Mark(row.getString(1), row.getString(2), Times.required(row, "bucket")),
        what.toString(),
        services.toArray(String[]::new));
  }

  /** Services of which something is marked, at most so many. */
  public List<String> services(int atMost) {
    return jdbc.query(
        "SELECT DISTINCT service FROM dirty ORDER BY service LIMIT ?",
        (row, number) -> row.getString(1),
        atMost);
  }
}
