package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Deletes single samples and activities, and seals the minutes they made: those cannot be computed
 * again, so what comes for them later is left out rather than counted wrong.
 */
public final class RawDeletion {
  private final MetricsDatabase database;
  private final JdbcTemplate jdbc;
  private final long lock;

  /**
   * @param lock that folds share: none is under way while this deletes
   */
  public RawDeletion(MetricsDatabase database, long lock) {
    this.database = database;
    this.jdbc = database.template();
    this.lock = lock;
  }

  /**
   * @param before rounded down to the minute, so that a minute goes as a whole
   * @return rows deleted
   */
  public int delete(Instant before) {
    Object limit = Times.argument(Bucket.MINUTE.floor(before));
    Integer deleted =
        database.inTransaction(() -> {
          jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> {}, lock);
          jdbc.update(
              "UPDATE usage_minute SET sealed = true WHERE NOT sealed AND bucket < ?", limit);
          jdbc.update(
              "UPDATE activity_minute SET sealed = true WHERE NOT sealed AND bucket < ?", limit);
          return jdbc.update("DELETE FROM resource_sample WHERE at < ?", limit)
              + jdbc.update("DELETE FROM activity WHERE at < ?", limit);
        });
    return deleted == null ? 0 : deleted;
  }
}
