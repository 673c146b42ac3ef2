package dev.catnap.metrics.fold.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A second set of all tables, in a schema of its own beside the one that is asked and folded into,
 * and its change over: both schemas are renamed in one transaction, so that every query finds the
 * old tables or the new ones, and never a part of both.
 */
public final class NextGeneration implements AutoCloseable {
  /** All that follows from the log; the rest is carried over. */
  public static final List<String> FROM_THE_LOG =
      List.of(
          "state_change",
          "state_interval",
          "state_quarter_day",
          "wake",
          "wake_minute",
          "wake_hour",
          "wake_day",
          "resource_sample",
          "usage_minute",
          "usage_hour",
          "usage_day",
          "activity",
          "activity_minute",
          "activity_hour",
          "activity_day");

  private static final List<String> SUMS_OF_DETAILS =
      List.of(
          "usage_minute",
          "usage_hour",
          "usage_day",
          "activity_minute",
          "activity_hour",
          "activity_day");

  private static final long LOCK = FoldTransaction.LOCK + 1;
  private static final Duration MIGRATED_WITHIN = Duration.ofMinutes(1);

  private final MetricsDatabase live;
  private final JdbcTemplate jdbc;
  private final String schema;
  private final HikariDataSource pool;
  private final MetricsDatabase next;
  private final Settlement settlement;

  /**
   * @param pools makes a small pool of connections to a schema
   * @param statementTimeout as of the live one
   */
  private NextGeneration(
      MetricsDatabase live,
      String schema,
      Function<String, HikariDataSource> pools,
      Duration statementTimeout) {
    this.live = live;
    this.jdbc = live.jdbc();
    this.schema = schema;
    this.pool = pools.apply(schema + "_next");
    this.next = new MetricsDatabase(pool, schema + "_next", statementTimeout);
    this.settlement = new Settlement(next);
  }

  /**
   * Opens the tables that are being built.
   *
   * @param anew whether what an earlier attempt left is thrown away
   */
  public static NextGeneration open(
      MetricsDatabase live,
      String schema,
      Function<String, HikariDataSource> pools,
      Duration statementTimeout,
      boolean anew) {
    if (anew) {
      live.client().sql("DROP SCHEMA IF EXISTS \"" + schema + "_next\" CASCADE").update();
    }
    NextGeneration generation = new NextGeneration(live, schema, pools, statementTimeout);
    generation.next.start();
    if (!generation.next.awaitReady(MIGRATED_WITHIN)) {
      generation.close();
      throw new IllegalStateException(
          "the new tables cannot be made: " + generation.next.schemaProblem());
    }
    return generation;
  }

  /** Folds into the new tables one by one, as into those in use. */
  public FoldTransaction folds() {
    return new FoldTransaction(next, LOCK, false);
  }

  /**
   * Folds the whole log into the new tables, which are complete once they are settled. Null when an
   * earlier attempt has begun to settle them.
   */
  public @Nullable FoldTransaction foldsOfMany() {
    if (settlement.isBegun()) {
      return null;
    }
    settlement.prepare();
    return new FoldTransaction(next, LOCK, true);
  }

  /** Completes what such a fold left to be done at the end. */
  public void settle() {
    settlement.carryOut();
  }

  /** Sums older than the log reaches back stay as they are; their details are not there again. */
  public void carryOverBefore(Instant reach) {
    next.inTransaction(() -> {
      JdbcTemplate tables = next.jdbc();
      for (String table : SUMS_OF_DETAILS) {
        tables.update(
            "INSERT INTO %1$s SELECT * FROM \"%2$s\".%1$s WHERE bucket < ? ON CONFLICT DO NOTHING"
                .formatted(table, schema),
            Times.argument(reach));
      }
      return tables.update(
          """
          INSERT INTO sealed_day SELECT DISTINCT (bucket AT TIME ZONE 'UTC')::date
          FROM (SELECT bucket FROM usage_day UNION ALL SELECT bucket FROM activity_day) d
          WHERE bucket < ? ON CONFLICT DO NOTHING
          """,
          Times.argument(reach));
    });
  }

  /** Rows by table, of the tables in use or of the new ones. */
  public Map<String, Long> counts(boolean ofTheNew) {
    JdbcTemplate tables = ofTheNew ? next.jdbc() : jdbc;
    Map<String, Long> counts = new TreeMap<>();
    for (String table : FROM_THE_LOG) {
      Long rows = tables.queryForObject("SELECT count(*) FROM " + table, Long.class);
      counts.put(table, rows == null ? 0 : rows);
    }
    return counts;
  }

  /** Deletes from the new tables what is older than it is kept. */
  public void applyRetention(Instant now, Retention.Kept kept) {
    Map<String, Integer> unused = new Retention(next, LOCK).apply(now, kept);
  }

  /**
   * Puts the new tables in place of the old ones.
   *
   * @param lastRecords folds what has come meanwhile into the new tables; nobody folds into the old
   *     ones while it does
   */
  public void replace(Runnable lastRecords) {
    live.inTransaction(() -> {
      jdbc.query("SELECT pg_advisory_xact_lock(?)", row -> {}, FoldTransaction.LOCK);
      lastRecords.run();
      settlement.forget(schema + "_next");
      carryOver();
      jdbc.update(
          "UPDATE \"%1$s_next\".generation SET number = (SELECT number + 1 FROM \"%1$s\".generation)"
              .formatted(schema));
      jdbc.execute("ALTER SCHEMA \"%1$s\" RENAME TO \"%1$s_old\"".formatted(schema));
      jdbc.execute("ALTER SCHEMA \"%1$s_next\" RENAME TO \"%1$s\"".formatted(schema));
      return null;
    });
    dropOld();
  }

  /** Waits for the queries that still read them. */
  public void dropOld() {
    live.client().sql("DROP SCHEMA IF EXISTS \"" + schema + "_old\" CASCADE").update();
  }

  /** What people and jobs wrote, not the log. */
  private void carryOver() {
    List<String> tables =
        jdbc.query(
            """
            SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind = 'r' AND NOT c.relispartition
              AND c.relname <> ALL (?::text[]) ORDER BY c.relname
            """,
            (row, number) -> row.getString(1),
            schema,
            notCarried());
    for (String table : tables) {
      jdbc.update(
          "INSERT INTO \"%2$s_next\".\"%1$s\" SELECT * FROM \"%2$s\".\"%1$s\" ON CONFLICT DO NOTHING"
              .formatted(table, schema));
    }
  }

  private static String[] notCarried() {
    return java.util.stream.Stream.concat(
            FROM_THE_LOG.stream(),
            java.util.stream.Stream.of(
                "flyway_schema_history",
                "fold_offset",
                "dirty",
                "sealed_day",
                "generation",
                "replay_offset",
                "replay_day"))
        .toArray(String[]::new);
  }

  @Override
  public void close() {
    next.stop();
    pool.close();
  }
}
