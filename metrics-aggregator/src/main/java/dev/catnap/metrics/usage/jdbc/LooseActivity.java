package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.BinaryCopy;
import dev.catnap.metrics.storage.jdbc.Days;
import dev.catnap.metrics.usage.RecordedActivity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Activity of the whole log, taken in as {@link ActivityStore} would, but much faster: copied into
 * a table a day that has no key and is not part of {@code activity} yet. Each day is put in order
 * once at the end: what was told twice goes, repeats are marked, keys are made. To be called within
 * a transaction.
 */
public final class LooseActivity {
  private static final int COLUMNS = 6;

  /** Sorts and indexes of a day, which are few at a time. */
  private static final String MEMORY =
      "SET LOCAL work_mem = '64MB'; SET LOCAL maintenance_work_mem = '64MB'";

  /** Keys that stand there more than once, or on the day before too; hardly any as a rule. */
  private static final String TOLD_AGAIN =
      """
      CREATE TEMP TABLE told_again ON COMMIT DROP AS
      SELECT key FROM %1$s GROUP BY key HAVING count(*) > 1
      UNION SELECT d.key FROM %1$s d JOIN activity b ON b.key = d.key AND b.at >= DAY_BEFORE
      """;

  private static final String DROP_COPIES =
      """
      DELETE FROM %1$s a USING (
        SELECT ctid AS place,
          row_number() OVER (PARTITION BY key, at, service, kind, count) AS copy
        FROM %1$s WHERE key IN (SELECT key FROM told_again)) c
      WHERE a.ctid = c.place AND c.copy > 1
      """;

  /** A repeat follows another within a day. */
  private static final String MARK_REPEATS =
      """
      UPDATE %1$s a SET repeat = true FROM (
        SELECT key, at, service, kind, count,
          lag(at) OVER (PARTITION BY key, service ORDER BY at, count, kind) AS before
        FROM (SELECT * FROM %1$s
          UNION ALL SELECT * FROM activity WHERE at >= DAY_BEFORE) two
        WHERE key IN (SELECT key FROM told_again)) r
      WHERE a.key = r.key AND a.at = r.at AND a.service = r.service AND a.kind = r.kind
        AND a.count = r.count AND r.before > r.at - interval '24 hours'
      """;

  /** Makes the keys that all days have. */
  private static final String ATTACH =
      """
      ALTER TABLE activity ATTACH PARTITION %s
        FOR VALUES FROM ('%sT00:00:00Z') TO ('%sT00:00:00Z')
      """;

  private final JdbcTemplate jdbc;

  public LooseActivity(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes activity in, of days that are open, known ones too. */
  public void keep(Collection<RecordedActivity> activity) {
    Map<LocalDate, BinaryCopy> days = new HashMap<>();
    for (RecordedActivity one : activity) {
      LocalDate day = LocalDate.ofInstant(one.activity().at(), ZoneOffset.UTC);
      days.computeIfAbsent(day, any -> new BinaryCopy())
          .row(COLUMNS)
          .uuid(one.digest())
          .instant(one.activity().at())
          .text(one.activity().service())
          .text(one.activity().kind().toString())
          .bigint(one.activity().count())
          .bool(false);
    }
    days.forEach((day, rows) -> rows.into(jdbc, Days.table("activity", day)));
  }

  /** The days that are not in order yet, in the order in which they are to be settled. */
  public List<LocalDate> days() {
    return new Days(jdbc).looseDaysOf("activity");
  }

  /** Puts a day in order and makes it part of {@code activity}; the days before are settled. */
  public void settle(LocalDate day) {
    String table = Days.table("activity", day);
    jdbc.execute(MEMORY);
    for (String sql : List.of(TOLD_AGAIN, DROP_COPIES, MARK_REPEATS)) {
      jdbc.execute(
          sql.formatted(table).replace("DAY_BEFORE", "'%sT00:00:00Z'".formatted(day.minusDays(1))));
    }
    jdbc.execute(ATTACH.formatted(table, day, day.plusDays(1)));
  }
}
