package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.Columns;
import dev.catnap.metrics.storage.jdbc.Dirty;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.usage.RecordedActivity;
import dev.catnap.metrics.usage.RecordedActivity.Minute;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps activity and marks its minutes. Of those that share an id each is kept that differs, and
 * only those count that follow no other within a day: which ones follows from the set of them, not
 * from the order in which they came. To be called within a transaction, with activity of days that
 * are open.
 */
public final class ActivityStore {
  /** How long after an activity another with its id is taken for the same. */
  public static final Duration REPEATED_WITHIN = Duration.ofDays(1);

  private static final String TOLD =
      """
      unnest(?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::bigint[])
        AS t (key, micros, service, kind, count)
      """;

  private static final String KEEP =
      "INSERT INTO activity (key, at, service, kind, count, repeat)\nSELECT key, "
          + Columns.AT.formatted("micros")
          + ", service, kind, count, false FROM "
          + TOLD
          + "ON CONFLICT DO NOTHING";

  /** Around each of them those that share its id, and whether another comes before within a day. */
  private static final String REPEATS =
      """
      SELECT DISTINCT r.* FROM unnest(?::uuid[], ?::bigint[], ?::text[])
        AS t (key, micros, service)
      CROSS JOIN LATERAL (SELECT AT AS at) at
      CROSS JOIN LATERAL (SELECT a.key, a.at, a.service, a.kind, a.count, a.repeat,
          lag(a.at) OVER (ORDER BY a.at, a.count, a.kind) AS before
        FROM activity a
        WHERE a.key = t.key AND a.service = t.service
          AND a.at > at.at - interval '48 hours' AND a.at < at.at + interval '24 hours'
          AND a.at >= ? AND a.at < ?) r
      WHERE r.before > r.at - interval '24 hours' AND NOT r.repeat
      """
          .replace("AT AS", Columns.AT.formatted("t.micros") + " AS");

  private static final String REPEATED =
      "UPDATE activity a SET repeat = true FROM "
          + TOLD
          + "WHERE a.key = t.key AND a.service = t.service AND a.kind = t.kind"
          + " AND a.count = t.count AND a.at = "
          + Columns.AT.formatted("t.micros");

  private final JdbcTemplate jdbc;
  private final Dirty dirty;

  public ActivityStore(JdbcTemplate jdbc, Dirty dirty) {
    this.jdbc = jdbc;
    this.dirty = dirty;
  }

  private record Row(UUID key, Instant at, String service, String kind, long count) {}

  /** Takes activity in, known ones too. */
  public void keep(Collection<RecordedActivity> activity) {
    if (activity.isEmpty()) {
      return;
    }
    jdbc.update(KEEP, columns(activity.stream().map(ActivityStore::row).toList()));
    Set<Mark> minutes = new HashSet<>();
    for (RecordedActivity one : activity) {
      Minute minute = one.minute();
      minutes.add(new Mark(minute.service(), minute.kind(), minute.bucket()));
    }
    List<Row> repeats = repeats(activity.stream().filter(RecordedActivity::isRepeatable).toList());
    for (Row row : repeats) {
      Instant minute = dev.catnap.metrics.window.Bucket.MINUTE.floor(row.at());
      minutes.add(new Mark(row.service(), row.kind(), minute));
    }
    if (!repeats.isEmpty()) {
      jdbc.update(REPEATED, columns(repeats));
    }
    dirty.mark(Dirty.What.ACTIVITY, minutes);
  }

  private static Row row(RecordedActivity one) {
    return new Row(
        one.digest(),
        one.activity().at(),
        one.activity().service(),
        one.activity().kind().toString(),
        one.activity().count());
  }

  private List<Row> repeats(List<RecordedActivity> told) {
    if (told.isEmpty()) {
      return List.of();
    }
    Instant first = told.stream().map(one -> one.activity().at()).min(Instant::compareTo).get();
    Instant last = told.stream().map(one -> one.activity().at()).max(Instant::compareTo).get();
    Object[] keys =
        Columns.of(told)
            .text(RecordedActivity::digest)
            .micros(one -> one.activity().at())
            .text(one -> one.activity().service())
            .arguments();
    return jdbc.query(
        REPEATS,
        (row, number) ->
            new Row(
                row.getObject("key", UUID.class),
                Times.required(row, "at"),
                row.getString("service"),
                row.getString("kind"),
                row.getLong("count")),
        keys[0],
        keys[1],
        keys[2],
        Times.argument(first.minus(REPEATED_WITHIN.multipliedBy(2))),
        Times.argument(last.plus(REPEATED_WITHIN)));
  }

  private static Object[] columns(Collection<Row> rows) {
    return Columns.of(rows)
        .text(Row::key)
        .micros(Row::at)
        .text(Row::service)
        .text(Row::kind)
        .longs(Row::count)
        .arguments();
  }
}
