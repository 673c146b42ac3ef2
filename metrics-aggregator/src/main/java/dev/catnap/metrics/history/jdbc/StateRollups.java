package dev.catnap.metrics.history.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sums up the time in each state by quarters of a day, from the intervals within each. An interval
 * may move when a change before it comes late, so what is computed again is first forgotten. They
 * are computed in the transaction of the intervals, not marked for later: queries read both, and
 * would miss what is on its way from one to the other.
 */
public final class StateRollups {
  private static final String KEYS =
      "unnest(?::text[], ?::text[], ?::bigint[]) AS k (service, container, micros)\n";

  private static final String BUCKET = Columns.AT.formatted("k.micros");

  private static final String FORGET =
      "DELETE FROM state_quarter_day q USING "
          + KEYS
          + "WHERE q.service = k.service AND q.container = k.container AND q.bucket = "
          + BUCKET;

  private static final String INSERT =
      "INSERT INTO state_quarter_day (service, container, bucket, " + QuarterDays.COLUMNS + ")\n";

  private static final String FIGURES = QuarterDays.figures("ended_at - started_at", "true");

  private static final String QUARTERS =
      INSERT
          + "SELECT k.service, k.container, t.bucket, q.* FROM "
          + KEYS
          + "CROSS JOIN LATERAL (SELECT "
          + BUCKET
          + " AS bucket) t\nCROSS JOIN LATERAL (SELECT "
          + FIGURES
          + """
          FROM state_interval
          WHERE service = k.service AND container = k.container
            AND started_at >= t.bucket AND started_at < t.bucket + interval '6 hours'
            AND ended_at < t.bucket + interval '6 hours'
          HAVING count(*) > 0) q
          """;

  private static final String DAY =
      INSERT
          + "SELECT service, container, date_bin('6 hours', started_at, timestamptz 'epoch') AS bucket, "
          + FIGURES
          + "FROM state_interval WHERE started_at >= ? AND started_at < ? AND "
          + QuarterDays.WITHIN_ONE
          + " GROUP BY service, container, bucket";

  private final JdbcTemplate jdbc;

  public StateRollups(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Computes these quarters again. */
  public void roll(Collection<Mark> quarters) {
    if (quarters.isEmpty()) {
      return;
    }
    Object[] keys =
        Columns.of(quarters).text(Mark::service).text(Mark::part).micros(Mark::bucket).arguments();
    jdbc.update(FORGET, keys);
    jdbc.update(QUARTERS, keys);
  }

  /** The days (UTC) in which intervals began. */
  public List<LocalDate> days() {
    return jdbc.query(
        "SELECT DISTINCT (started_at AT TIME ZONE 'UTC')::date FROM state_interval ORDER BY 1",
        (row, number) -> row.getObject(1, LocalDate.class));
  }

  /**
   * Sums up all of a day (UTC) at once.
   *
   * @param from when it begins
   */
  public void rollDay(Instant from) {
    OffsetDateTime begin = Times.argument(from);
    OffsetDateTime end = begin.plusDays(1);
    jdbc.update("DELETE FROM state_quarter_day WHERE bucket >= ? AND bucket < ?", begin, end);
    jdbc.update(DAY, begin, end);
  }
}
