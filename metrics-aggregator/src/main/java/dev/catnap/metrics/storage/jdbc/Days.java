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
  private final Set<String> loose;

  public Days(JdbcTemplate jdbc) {
    this(jdbc, Set.of());
  }

  /**
   * @param loose of {@link #TABLES} those whose days are made without any key, and not as part of
   *     the whole yet
   */
  public Days(JdbcTemplate jdbc, Set<String> loose) {
    this.jdbc = jdbc;
    this.loose = loose;
  }

  /** The name of the table that holds a day. */
  public static String table(String of, LocalDate day) {
    return of + "_" + day.toString().replace("-", "");
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
    for (String table : TABLES) {
      if (loose.contains(table)) {
        jdbc.execute("CREATE TABLE IF NOT EXISTS " + table(table, day) + " (LIKE " + table + ")");
      } else {
        jdbc.query("SELECT create_day(?, ?::date)", row -> {}, table, day.toString());
      }
    }
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
          jdbc.execute("DROP TABLE " + table(table, old));
          jdbc.update("INSERT INTO sealed_day VALUES (?) ON CONFLICT DO NOTHING", old);
          dropped.add(old);
        }
      }
    }
    return dropped.stream().distinct().sorted().toList();
  }

  /** The days that a table has details of. */
  public List<LocalDate> daysOf(String table) {
    return jdbc.query(
        """
        SELECT to_date(right(c.relname, 8), 'YYYYMMDD') FROM pg_inherits i
        JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = ?::regclass ORDER BY 1
        """,
        (row, number) -> row.getObject(1, LocalDate.class),
        table);
  }

  /** The days for which there is a table that is not part of the whole. */
  public List<LocalDate> looseDaysOf(String table) {
    return jdbc.query(
        """
        SELECT to_date(right(c.relname, 8), 'YYYYMMDD') FROM pg_class c
        JOIN pg_class p ON p.oid = ?::regclass AND p.relnamespace = c.relnamespace
        WHERE c.relkind = 'r' AND NOT c.relispartition AND c.relname ~ ('^' || ? || '_[0-9]{8}$')
        ORDER BY 1
        """,
        (row, number) -> row.getObject(1, LocalDate.class), table, table);
  }
}
