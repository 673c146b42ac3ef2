package dev.catnap.metrics.fold.jdbc;

import dev.catnap.metrics.storage.jdbc.Days;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes what is older than its level is kept. Details go by the day: the day's tables are dropped
 * and the day is sealed, so that what comes late for it is left out rather than counted wrong. Sums
 * stay for longer, the coarser the longer. Also makes the tables of the next days ahead of time.
 */
public final class Retention {
  /**
   * How long each level is kept.
   *
   * @param raw single samples and activities
   */
  public record Kept(Duration raw, Duration minutes, Duration hours, Duration days) {}

  private static final int DAYS_AHEAD = 3;
  private static final List<String> SUMS = List.of("usage", "activity", "wake");

  private final MetricsDatabase database;
  private final JdbcTemplate jdbc;
  private final Days days;
  private final RollUp rollUp;
  private final long lock;

  public Retention(MetricsDatabase database) {
    this(database, FoldTransaction.LOCK);
  }

  Retention(MetricsDatabase database, long lock) {
    this.lock = lock;
    this.database = database;
    this.jdbc = database.jdbc();
    this.days = new Days(jdbc);
    this.rollUp = new RollUp(database, lock);
  }

  /**
   * Each level in a transaction of its own, so that folds wait only for one at a time. Nothing
   * while a replay runs.
   *
   * @return what went: days of details under {@code days}, rows under the names of their tables
   */
  public Map<String, Integer> apply(Instant now, Kept kept) {
    if (isReplaying()) {
      return Map.of();
    }
    // What is sealed can never be summed up again.
    rollUp.all();
    Map<String, Integer> gone = new LinkedHashMap<>();
    gone.put("days", sealBefore(day(now.minus(kept.raw()))));
    for (String sums : SUMS) {
      delete(gone, sums + "_minute", Bucket.DAY.floor(now.minus(kept.minutes())));
      delete(gone, sums + "_hour", Bucket.DAY.floor(now.minus(kept.hours())));
      delete(gone, sums + "_day", Bucket.DAY.floor(now.minus(kept.days())));
    }
    makeAhead(now);
    return gone;
  }

  /** A backfill may have opened old days, which are not to be sealed half filled. */
  private boolean isReplaying() {
    return database
        .client()
        .sql("SELECT EXISTS (SELECT FROM replay WHERE state IN ('running', 'waiting'))")
        .query(Boolean.class)
        .single();
  }

  private int sealBefore(LocalDate day) {
    Integer dropped =
        database.inTransaction(() -> {
          jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> {}, lock);
          return days.sealBefore(day).size();
        });
    return dropped == null ? 0 : dropped;
  }

  private void delete(Map<String, Integer> gone, String table, Instant before) {
    Integer rows =
        database.inTransaction(() ->
            jdbc.update("DELETE FROM " + table + " WHERE bucket < ?", Times.argument(before)));
    gone.put(table, rows == null ? 0 : rows);
  }

  private void makeAhead(Instant now) {
    LocalDate today = day(now);
    database.inTransaction(
        () -> days.open(today.datesUntil(today.plusDays(DAYS_AHEAD + 1)).toList()));
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
