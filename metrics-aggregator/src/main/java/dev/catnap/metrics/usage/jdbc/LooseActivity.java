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
 * once at the end: what was told twice goes, repeats are marked, keys are made. Several days may be
 * put in order at a time. To be called within a transaction.
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
      UNION SELECT d.key FROM %1$s d JOIN %2$s b ON b.key = d.key
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
          UNION ALL SELECT * FROM %2$s b) two
        WHERE key IN (SELECT key FROM told_again)) r
      WHERE a.key = r.key AND a.at = r.at AND a.service = r.service AND a.kind = r.kind
        AND a.count = r.count AND r.before > r.at - interval '24 hours'
      """;

  /** The key and the index that all days have; as indexes, for others may read meanwhile. */
  private static final List<String> INDEXES =
      List.of(
          "CREATE UNIQUE INDEX %1$s_pkey ON %1$s (key, at, service, kind, count)",
          "CREATE INDEX ON %1$s (service, kind, at)");

  private static final String ATTACH =
      """
      ALTER TABLE %1$s ADD CONSTRAINT %1$s_pkey PRIMARY KEY USING INDEX %1$s_pkey;
      ALTER TABLE activity ATTACH PARTITION %1$s
        FOR VALUES FROM ('%2$sT00:00:00Z') TO ('%3$sT00:00:00Z')
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

  /** The days that are not part of {@code activity} yet. */
  public List<LocalDate> days() {
    return new Days(jdbc).looseDaysOf("activity");
  }

  /** Whether such a day is in order. */
  public boolean isInOrder(LocalDate day) {
    return exists(Days.table("activity", day) + "_pkey");
  }

  /**
   * Puts a day in order. The day before may be in order, or be put in order meanwhile: what is told
   * there once and what twice makes the same of a repeat here.
   */
  public void order(LocalDate day) {
    String table = Days.table("activity", day);
    String dayBefore = Days.table("activity", day.minusDays(1));
    String before = exists(dayBefore) ? dayBefore : "(SELECT * FROM " + table + " LIMIT 0)";
    jdbc.execute(MEMORY);
    for (String sql : List.of(TOLD_AGAIN, DROP_COPIES, MARK_REPEATS)) {
      jdbc.execute(sql.formatted(table, before));
    }
    INDEXES.forEach(sql -> jdbc.execute(sql.formatted(table)));
  }

  private boolean exists(String name) {
    return jdbc.queryForObject("SELECT to_regclass(?)::text", String.class, name) != null;
  }

  /** Makes a day that is in order part of {@code activity}. */
  public void attach(LocalDate day) {
    jdbc.execute(ATTACH.formatted(Days.table("activity", day), day, day.plusDays(1)));
  }
}
