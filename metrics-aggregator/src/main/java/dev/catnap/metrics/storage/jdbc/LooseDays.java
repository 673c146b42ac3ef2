package dev.catnap.metrics.storage.jdbc;

import java.time.LocalDate;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Days of details that are filled without any key, and are no part of their whole yet. Each is put
 * in order once, and is in order when its key is there. To be called within a transaction.
 */
public final class LooseDays {
  private static final String ATTACH =
      """
      ALTER TABLE %1$s ADD CONSTRAINT %1$s_pkey PRIMARY KEY USING INDEX %1$s_pkey;
      ALTER TABLE %2$s ATTACH PARTITION %1$s
        FOR VALUES FROM ('%3$sT00:00:00Z') TO ('%4$sT00:00:00Z')
      """;

  private final JdbcTemplate jdbc;
  private final String whole;

  /**
   * @param whole the table that they become parts of
   */
  public LooseDays(JdbcTemplate jdbc, String whole) {
    this.jdbc = jdbc;
    this.whole = whole;
  }

  /** Those that are not part of the whole yet. */
  public List<LocalDate> all() {
    return new Days(jdbc).looseDaysOf(whole);
  }

  /** The name of a day's table. */
  public String table(LocalDate day) {
    return Days.table(whole, day);
  }

  /** Whether there is a table of that day. */
  public boolean isThere(LocalDate day) {
    return exists(table(day));
  }

  public boolean isInOrder(LocalDate day) {
    return exists(table(day) + "_pkey");
  }

  private boolean exists(String name) {
    return jdbc.queryForObject("SELECT to_regclass(?)::text", String.class, name) != null;
  }

  /**
   * Makes a day's key; as an index, for others may read meanwhile.
   *
   * @param columns of the key, separated by commas
   * @return false when there are two rows of one key: then there is none
   */
  public boolean makeKey(LocalDate day, String columns) {
    String table = table(day);
    return UniqueAttempt.at(
        jdbc,
        connection -> {
          try (var statement = connection.createStatement()) {
            statement.execute(
                "CREATE UNIQUE INDEX " + table + "_pkey ON " + table + " (" + columns + ")");
          }
        });
  }

  /** Makes a day that is in order part of the whole. */
  public void attach(LocalDate day) {
    jdbc.execute(ATTACH.formatted(table(day), whole, day, day.plusDays(1)));
  }
}
