package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.usage.RecordedActivity;
import dev.catnap.metrics.usage.RecordedActivity.Minute;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Folds activity into counts a minute. Each activity is kept once by its key until its minute is
 * sealed; the minutes touched are counted again. To be called within a transaction.
 */
public final class ActivityStore {
  /**
   * A repeated id counts once, where it says different things as the earliest of them; the minute
   * that it leaves then is counted again as well.
   */
  private static final String ACTIVITY =
      """
      WITH told AS (
        SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[])
          AS t (service, key, kind, at, count)
      ), kept AS (
        INSERT INTO activity AS a (service, key, kind, at, count)
        SELECT * FROM told
        ON CONFLICT (service, key) DO UPDATE SET
          kind = excluded.kind, at = excluded.at, count = excluded.count
        WHERE (excluded.at, excluded.count, excluded.kind) < (a.at, a.count, a.kind)
      )
      SELECT DISTINCT a.service, a.kind, date_bin('1 minute', a.at, 'epoch') AS bucket
      FROM told t JOIN activity a USING (service, key)
      WHERE (t.at, t.count, t.kind) < (a.at, a.count, a.kind)
      """;

  private static final String SEALED =
      """
      SELECT service, kind, bucket
      FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, kind, bucket)
      JOIN activity_minute USING (service, kind, bucket)
      WHERE sealed
      """;

  private static final String COUNT =
      """
      INSERT INTO activity_minute (service, kind, bucket, count)
      SELECT t.service, t.kind, t.bucket, coalesce(sum(a.count), 0)
      FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, kind, bucket)
      LEFT JOIN activity a ON a.service = t.service AND a.kind = t.kind
        AND a.at >= t.bucket AND a.at < t.bucket + interval '1 minute'
      GROUP BY t.service, t.kind, t.bucket
      ON CONFLICT (service, kind, bucket) DO UPDATE SET count = excluded.count
      """;

  private final JdbcTemplate jdbc;

  public ActivityStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Takes activity in, known ones too.
   *
   * @return how many came too late: for minutes whose activity has been deleted since, which can
   *     therefore not be counted again. They are left out.
   */
  public int fold(Collection<RecordedActivity> activity) {
    if (activity.isEmpty()) {
      return 0;
    }
    Set<Minute> minutes = minutesOf(activity);
    Set<Minute> sealed = minutes(SEALED, keys(minutes));
    List<RecordedActivity> inTime =
        activity.stream().filter(one -> !sealed.contains(one.minute())).toList();
    minutes.removeAll(sealed);
    Collection<RecordedActivity> distinct = earliestOfEach(inTime);
    Set<Minute> left = minutes(ACTIVITY, activityColumns(distinct));
    left.removeAll(sealed);
    minutes.addAll(left);
    jdbc.update(COUNT, keys(minutes));
    return activity.size() - inTime.size();
  }

  /** One statement must not meet the same key twice. */
  private static Collection<RecordedActivity> earliestOfEach(List<RecordedActivity> activity) {
    record Key(String service, String key) {}
    Map<Key, RecordedActivity> earliest = new HashMap<>();
    for (RecordedActivity one : activity) {
      earliest.merge(
          new Key(one.activity().service(), one.key()),
          one,
          (a, b) -> RecordedActivity.EARLIEST_FIRST.compare(a, b) <= 0 ? a : b);
    }
    return earliest.values();
  }

  private static Set<Minute> minutesOf(Collection<RecordedActivity> activity) {
    return activity.stream()
        .map(RecordedActivity::minute)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private Set<Minute> minutes(String sql, Object[] arguments) {
    return new HashSet<>(
        jdbc.query(
            sql,
            (row, number) ->
                new Minute(
                    row.getString(1),
                    row.getString(2),
                    row.getObject(3, OffsetDateTime.class).toInstant()),
            arguments));
  }

  private static Object[] keys(Collection<Minute> minutes) {
    return Columns.of(minutes)
        .text(Minute::service)
        .text(Minute::kind)
        .instant(Minute::bucket)
        .arguments();
  }

  private static Object[] activityColumns(Collection<RecordedActivity> activity) {
    return Columns.of(activity)
        .text(one -> one.activity().service())
        .text(RecordedActivity::key)
        .text(one -> one.activity().kind())
        .instant(one -> one.activity().at())
        .number(one -> one.activity().count())
        .arguments();
  }
}
