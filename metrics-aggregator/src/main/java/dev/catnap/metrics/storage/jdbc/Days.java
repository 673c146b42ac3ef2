package dev.catnap.metrics.storage.jdbc;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The tables that each hold the details of one day (UTC), and the days whose details are deleted.
 * To be called within a transaction.
 */
public final class Days {
  /** What is kept by the day. */
  public static final List<String> TABLES = List.of("resource_sample", "activity");

  /** Whether it is sealed, and whether a table for it is missing. */
  private static final String LOOK =
      """
      SELECT d.day, s.day IS NOT NULL AS sealed,
        to_regclass('resource_sample_' || to_char(d.day, 'YYYYMMDD')) IS NULL
          OR to_regclass('activity_' || to_char(d.day, 'YYYYMMDD')) IS NULL AS missing
      FROM unnest(?::date[]) AS d (day) LEFT JOIN sealed_day s ON s.day = d.day
      """;

  private final JdbcTemplate jdbc;

  public Days(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Makes the tables for days that have none yet.
   *
   * @return those of the days that are sealed; for them no tables are made
   */
  public Set<LocalDate> open(Collection<LocalDate> days) {
    Set<LocalDate> sealed = new HashSet<>();
    List<LocalDate> missing = new ArrayList<>();
    jdbc.query(
        LOOK,
        row -> {
          LocalDate day = row.getObject("day", LocalDate.class);
          if (row.getBoolean("sealed")) {
            sealed.add(day);
          } else if (row.getBoolean("missing")) {
            missing.add(day);
          }
        },
        (Object) days.stream().map(LocalDate::toString).toArray(String[]::new));
    missing.stream().sorted().forEach(this::create);
    return sealed;
  }

  private void create(LocalDate day) {
    // Two who find it missing make it one after the other.
    jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended('catnap-days', 0))", row -> {});
    TABLES.forEach(
        table -> jdbc.query("SELECT create_day(?, ?::date)", row -> {}, table, day.toString()));
  }

  /**
   * Drops the details of all days before one, and seals those days.
   *
   * @return the days dropped
   */
  public List<LocalDate> sealBefore(LocalDate day) {
    List<LocalDate> dropped = new ArrayList<>();
    for (String table : TABLES) {
      for (LocalDate old : daysOf(table)) {
        if (old.isBefore(day)) {
          jdbc.execute("DROP TABLE " + table + "_" + name(old));
          jdbc.update("INSERT INTO sealed_day VALUES (?) ON CONFLICT DO NOTHING", old);
          dropped.add(old);
        }
      }
    }
    return dropped.stream().distinct().sorted().toList();
  }

  private static String name(LocalDate day) {
    return day.toString().replace("-", "");
  }

  private List<LocalDate> daysOf(String table) {
    return jdbc.query(
        """
        SELECT to_date(right(c.relname, 8), 'YYYYMMDD') FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ?::regclass ORDER BY 1
        """,
        (row, number) -> row.getObject(1, LocalDate.class),
        table);
  }
}
