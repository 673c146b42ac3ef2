package dev.catnap.metrics.storage.jdbc;

import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Indexes and keys that are taken away while a table is filled, and made again at the end: sorting
 * once costs a small part of what keeping them in order row by row does. What was taken away is
 * written down in the same schema, so that it is made again after a crash too. To be called within
 * a transaction.
 */
public final class DeferredIndexes {
  private static final String REMEMBER =
      """
      INSERT INTO deferred_index
      SELECT i.indexrelid::regclass::text,
        coalesce('ALTER TABLE ' || i.indrelid::regclass || ' DROP CONSTRAINT ' || k.conname,
          'DROP INDEX ' || i.indexrelid::regclass),
        coalesce('ALTER TABLE ' || i.indrelid::regclass || ' ADD CONSTRAINT ' || k.conname || ' '
          || pg_get_constraintdef(k.oid), pg_get_indexdef(i.indexrelid))
      FROM pg_index i LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid
      WHERE i.indexrelid = ANY (?::regclass[])
      """;

  private final JdbcTemplate jdbc;

  public DeferredIndexes(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes them away; harmless when they are away already. */
  public void takeAway(Collection<String> indexes) {
    if (isNone()) {
      jdbc.execute("CREATE TABLE deferred_index (name text, removal text, making text)");
      jdbc.update(REMEMBER, (Object) indexes.toArray(String[]::new));
      jdbc.queryForList("SELECT removal FROM deferred_index", String.class).forEach(jdbc::execute);
    }
  }

  /** Makes some of them again; harmless when they are there. */
  public void makeAgain(Collection<String> indexes) {
    if (!isNone()) {
      jdbc.execute("SET LOCAL maintenance_work_mem = '64MB'");
      jdbc.queryForList(
              "DELETE FROM deferred_index WHERE name = ANY (?) RETURNING making",
              String.class,
              (Object) indexes.toArray(String[]::new))
          .forEach(jdbc::execute);
    }
  }

  /** Once all are made again. */
  public void forget() {
    jdbc.execute("DROP TABLE IF EXISTS deferred_index");
  }

  private boolean isNone() {
    return jdbc.queryForObject("SELECT to_regclass('deferred_index')::text", String.class) == null;
  }
}
