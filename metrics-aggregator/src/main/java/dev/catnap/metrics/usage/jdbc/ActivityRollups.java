package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;
import java.time.OffsetDateTime;
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
   * Counts all of a day (UTC) at once, where most of its minutes are new.
   *
   * @param details the table of that day, which need not be part of {@code activity} yet
   * @param from when it begins
   */
  public void rollDay(String details, Instant from) {
    OffsetDateTime begin = Times.argument(from);
    OffsetDateTime end = begin.plusDays(1);
    whole("activity_minute", details, "at", "1 minute", "FILTER (WHERE NOT repeat)", begin, end);
    whole("activity_hour", "activity_minute", "bucket", "1 hour", "", begin, end);
    whole("activity_day", "activity_hour", "bucket", "24 hours", "", begin, end);
  }

  private void whole(
      String table,
      String from,
      String time,
      String size,
      String condition,
      OffsetDateTime begin,
      OffsetDateTime end) {
    jdbc.update("DELETE FROM " + table + " WHERE bucket >= ? AND bucket < ?", begin, end);
    jdbc.update(
        """
        INSERT INTO %1$s (service, kind, bucket, count)
        SELECT service, kind, date_bin('%4$s', %3$s, 'epoch') AS start,
          coalesce(sum(count) %5$s, 0)
        FROM %2$s WHERE %3$s >= ? AND %3$s < ?
        GROUP BY service, kind, start
        """
            .formatted(table, from, time, size, condition),
        begin,
        end);
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
