package dev.catnap.metrics.usage.jdbc;

import dev.catnap.metrics.storage.jdbc.BinaryCopy;
import dev.catnap.metrics.storage.jdbc.LooseDays;
import dev.catnap.metrics.usage.RecordedActivity;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
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

  private static final String KEY = "key, at, service, kind, count";

  private static final String INDEX = "CREATE INDEX ON %1$s (service, kind, at)";

  private final JdbcTemplate jdbc;
  private final LooseDays days;

  public LooseActivity(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
    this.days = new LooseDays(jdbc, "activity");
  }

  /** Takes activity in, of days that are open, known ones too. */
  public void keep(Collection<RecordedActivity> activity) {
    Map<LocalDate, BinaryCopy> copies = new HashMap<>();
    for (RecordedActivity one : activity) {
      LocalDate day = LocalDate.ofInstant(one.activity().at(), ZoneOffset.UTC);
      copies
          .computeIfAbsent(day, any -> new BinaryCopy())
          .row(COLUMNS)
          .uuid(one.digest())
          .instant(one.activity().at())
          .text(one.activity().service())
          .text(one.activity().kind().toString())
          .bigint(one.activity().count())
          .bool(false);
    }
    copies.forEach((day, rows) -> rows.into(jdbc, days.table(day)));
  }

  /** The days that are not part of {@code activity} yet. */
  public LooseDays days() {
    return days;
  }

  /**
   * Puts a day in order. The day before may be in order, or be put in order meanwhile: what is told
   * there once and what twice makes the same of a repeat here.
   */
  public void order(LocalDate day) {
    String table = days.table(day);
    LocalDate dayBefore = day.minusDays(1);
    String before =
        days.isThere(dayBefore) ? days.table(dayBefore) : "(SELECT * FROM " + table + " LIMIT 0)";
    jdbc.execute(MEMORY);
    if (isToldAgain(table, before)) {
      jdbc.execute(DROP_COPIES.formatted(table));
      jdbc.execute(MARK_REPEATS.formatted(table, before));
    }
    if (!days.makeKey(day, KEY)) {
      throw new IllegalStateException(table + " still has two rows of one key");
    }
    jdbc.execute(INDEX.formatted(table));
  }

  /** Whether any is; most days have none, and all that is looked for then is this. */
  private boolean isToldAgain(String table, String before) {
    jdbc.execute(TOLD_AGAIN.formatted(table, before));
    return Boolean.TRUE.equals(
        jdbc.queryForObject("SELECT EXISTS (SELECT FROM told_again)", Boolean.class));
  }
}
