package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.window.Bucket;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Counts activity: minutes from single ones, hours from minutes, days from hours. */
public final class ActivityRollups {
  private static final String MINUTES =
      count("activity_minute", "activity", "at", "1 minute", "filter (WHERE NOT a.repeat)");
  private static final String HOURS =
      count("activity_hour", "activity_minute", "bucket", "1 hour", "");
  private static final String DAYS =
      count("activity_day", "activity_hour", "bucket", "24 hours", "");

  private final JdbcTemplate jdbc;

  public ActivityRollups(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Counts these minutes again, and the hours and days they lie in. */
  public void roll(Collection<Mark> minutes) {
    if (minutes.isEmpty()) {
      return;
    }
    jdbc.update(MINUTES, UsageRollups.keys(minutes));
    Set<Mark> hours = UsageRollups.within(Bucket.HOUR, minutes);
    jdbc.update(HOURS, UsageRollups.keys(hours));
    jdbc.update(DAYS, UsageRollups.keys(UsageRollups.within(Bucket.DAY, hours)));
  }

  /**
   * Counts all of a day (UTC) at once, of which nothing is counted yet: each level from the
   * details, so that none needs to find another's rows.
   *
   * @param details the table of that day, which need not be part of {@code activity} yet
   */
  public void rollDay(String details) {
    whole("activity_minute", details, "1 minute");
    whole("activity_hour", details, "1 hour");
    whole("activity_day", details, "24 hours");
  }

  private void whole(String table, String details, String size) {
    jdbc.update(
        """
        INSERT INTO %1$s (service, kind, bucket, count)
        SELECT service, kind, date_bin('%3$s', at, 'epoch') AS start,
          coalesce(sum(count) FILTER (WHERE NOT repeat), 0)
        FROM %2$s GROUP BY service, kind, start
        """
            .formatted(table, details, size));
  }

  private static String count(
      String table, String from, String time, String size, String condition) {
    return """
    INSERT INTO %1$s (service, kind, bucket, count)
    SELECT k.service, k.kind, t.bucket, c.count
    FROM unnest(?::text[], ?::text[], ?::bigint[]) AS k (service, kind, micros)
    CROSS JOIN LATERAL (SELECT %6$s AS bucket) t
    CROSS JOIN LATERAL (SELECT coalesce(sum(a.count) %5$s, 0) AS count, count(*) AS rows
      FROM %2$s a WHERE a.service = k.service AND a.kind = k.kind
        AND a.%3$s >= t.bucket AND a.%3$s < t.bucket + interval '%4$s') c
    WHERE c.rows > 0
    ON CONFLICT (service, kind, bucket) DO UPDATE SET count = excluded.count
    """
        .formatted(table, from, time, size, condition, Columns.AT.formatted("k.micros"));
  }
}
