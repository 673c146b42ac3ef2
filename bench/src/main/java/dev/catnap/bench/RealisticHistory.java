package dev.catnap.bench;

import dev.catnap.embedded.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/**
 * Months of services that are used eight hours a day, each at hours of its own: awake for 50
 * minutes of each of these hours, asleep else. Written into the tables as folding would leave them.
 */
final class RealisticHistory {
  private static final int PATIENCE_MILLIS = 60_000;

  private static final String SERVICE = "'svc-' || lpad(s::text, 4, '0')";

  /** Whether it is awake at t: its hours begin at s mod 16 o'clock. */
  private static final String AWAKE =
      "(extract(hour FROM t AT TIME ZONE 'UTC')::int BETWEEN s % 16 AND s % 16 + 7"
          + " AND extract(minute FROM t AT TIME ZONE 'UTC') < 50)";

  private static final String USAGE =
      """
      INSERT INTO usage_%1$s
      SELECT SERVICE, SERVICE, t, %3$d, %3$d * 10000,
        CASE WHEN AWAKE THEN (%3$d * 10000000::bigint * (0.05 + 0.2 * random()))::bigint ELSE 0 END,
        CASE WHEN AWAKE THEN 0.3 ELSE 0 END,
        %3$d * 10000::numeric * (80000000 + (20000000 * random())::bigint),
        110000000 + (1000000 * random())::bigint, 80000000,
        %3$d * 1000, %3$d * 2000, %3$d * 10, %3$d * 20, t + interval '%2$s' - interval '1 second',
        ARRAY[sketch_entry(sketch_slot((50000 + 50000 * random())::bigint), %3$d / 3),
          sketch_entry(sketch_slot((150000 + 50000 * random())::bigint), %3$d / 3),
          sketch_entry(sketch_slot((250000 + 50000 * random())::bigint), %3$d / 3)],
        ARRAY[sketch_entry(sketch_slot(80000000 + (9000000 * random())::bigint), %3$d / 2),
          sketch_entry(sketch_slot(100000000 + (9000000 * random())::bigint), %3$d / 2)]
      FROM generate_series(1, SERVICES) s,
        generate_series(date_bin('%2$s', now() - interval '%4$d days', 'epoch'), now(), '%2$s') t
      """;

  private static final String ACTIVITY =
      """
      INSERT INTO activity_%1$s
      SELECT SERVICE, 'request', t, %3$d + (%3$d * random())::int
      FROM generate_series(1, SERVICES) s,
        generate_series(date_bin('%2$s', now() - interval '%4$d days', 'epoch'), now(), '%2$s') t
      WHERE AWAKE OR '%1$s' = 'day'
      """;

  private static final String CYCLES =
      """
      FROM generate_series(1, SERVICES) s,
        generate_series(date_bin('1 day', now() - interval 'DAYS days', 'epoch'), now(), '1 day') d,
        generate_series(s % 16, s % 16 + 7) h,
        LATERAL (SELECT d + h * interval '1 hour' AS t) at
      """;

  private static final String INTERVALS =
      """
      INSERT INTO state_interval
      SELECT SERVICE, SERVICE, s || ':' || t || ':' || state, state, before, t + start,
        CASE WHEN t + finish > now() THEN NULL
          WHEN state = 'SLEEPING' AND h = s % 16 + 7 THEN t + interval '17 hours'
          ELSE t + finish END
      """
          + CYCLES
          + """
          CROSS JOIN (VALUES
            ('WAKING', 'SLEEPING', interval '0', interval '0.2 s'),
            ('RUNNING', 'WAKING', interval '0.2 s', interval '50 minutes'),
            ('FALLING_ASLEEP', 'RUNNING', interval '50 minutes', interval '50 minutes 0.1 s'),
            ('SLEEPING', 'FALLING_ASLEEP', interval '50 minutes 0.1 s', interval '1 hour'))
            AS v (state, before, start, finish)
          WHERE t + start < now()
          """;

  /** As the first sums of a schema that had none. */
  private static final String QUARTERS =
      """
      INSERT INTO state_quarter_day
      SELECT service, container, date_bin('6 hours', started_at, 'epoch') AS bucket,
        coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'RUNNING'), interval '0'),
        coalesce(sum(ended_at - started_at) FILTER (WHERE state = 'SLEEPING'), interval '0'),
        interval '0',
        coalesce(sum(ended_at - started_at)
          FILTER (WHERE state IN ('FALLING_ASLEEP', 'WAKING')), interval '0'),
        interval '0', interval '0', count(*) FILTER (WHERE state = 'SLEEPING'), 0
      FROM state_interval
      WHERE date_bin('6 hours', started_at, 'epoch') = date_bin('6 hours', ended_at, 'epoch')
      GROUP BY service, container, bucket
      """;

  private static final String WAKES =
      """
      INSERT INTO wake
      SELECT SERVICE, SERVICE, s || ':' || t || ':RUNNING', 'SLEEPING', random() > 0.001,
        t, t + interval '0.2 s', (30000 + 170000 * random() * random())::bigint,
        (2000 + 3000 * random())::bigint, (2000 + 3000 * random())::bigint,
        (10000 + 20000 * random())::bigint, 100
      """
          + CYCLES
          + "WHERE t < now()\n";

  private final EmbeddedPostgres postgres;

  RealisticHistory(EmbeddedPostgres postgres) {
    this.postgres = postgres;
  }

  static String name(int service) {
    return String.format(Locale.ROOT, "svc-%04d", service);
  }

  /** Answers how many rows it wrote. */
  long fill(int services, int days, int minuteDays) throws SQLException, InterruptedException {
    try (Connection connection =
            DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO metrics; SET synchronous_commit TO off");
      awaitTables(statement);
      long rows = 0;
      for (String sql :
          List.of(
              String.format(Locale.ROOT, USAGE, "minute", "1 minute", 6, minuteDays),
              String.format(Locale.ROOT, USAGE, "hour", "1 hour", 360, days),
              String.format(Locale.ROOT, USAGE, "day", "1 day", 8640, days),
              String.format(Locale.ROOT, ACTIVITY, "minute", "1 minute", 5, minuteDays),
              String.format(Locale.ROOT, ACTIVITY, "hour", "1 hour", 300, days),
              String.format(Locale.ROOT, ACTIVITY, "day", "1 day", 2400, days),
              INTERVALS,
              QUARTERS,
              WAKES)) {
        rows +=
            statement.executeLargeUpdate(
                sql.replace("SERVICES", Integer.toString(services))
                    .replace("SERVICE", SERVICE)
                    .replace("AWAKE", AWAKE)
                    .replace("DAYS", Integer.toString(days)));
      }
      statement.execute("VACUUM ANALYZE");
      return rows;
    }
  }

  /** The service makes them in the background. */
  private static void awaitTables(Statement statement) throws SQLException, InterruptedException {
    for (int waited = 0; waited < PATIENCE_MILLIS; waited += 100) {
      try {
        statement.executeQuery("SELECT 1 FROM applied_recommendation").close();
        return;
      } catch (SQLException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the schema did not come");
  }
}
