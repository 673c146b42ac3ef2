package dev.catnap.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Months of services awake for 50 minutes of eight hours a day, each at hours of its own, asleep
 * else: states and hourly sums, written as folding would leave them, and nothing booked yet.
 */
final class CostFacts {
  private static final String SERVICE = "'svc-' || lpad(s::text, 4, '0')";

  private static final String SPANS =
      """
      INSERT INTO state_span (service, container, from_at, settled, change_id, until_at, state,
        host, reason, resident_bytes)
      SELECT SERVICE, SERVICE || '-1', t + start, 1, s || ':' || t || ':' || state,
        CASE WHEN t + finish > now() THEN NULL
          WHEN state = 'SLEEPING' AND h = s % 16 + 7 THEN
            CASE WHEN t + interval '17 hours' > now() THEN NULL ELSE t + interval '17 hours' END
          ELSE t + finish END,
        state, 'host-' || s % 4, 'idle',
        CASE WHEN state = 'SLEEPING' THEN 40000000 + s * 1000 END
      FROM generate_series(1, SERVICES) s,
        generate_series(date_bin('1 day', now() - interval 'DAYS days', 'epoch'), now(), '1 day') d,
        generate_series(s % 16, s % 16 + 7) h,
        LATERAL (SELECT d + h * interval '1 hour' AS t) at
      CROSS JOIN (VALUES
        ('WAKING', interval '0', interval '0.2 s'),
        ('RUNNING', interval '0.2 s', interval '50 minutes'),
        ('FALLING_ASLEEP', interval '50 minutes', interval '50 minutes 0.1 s'),
        ('SLEEPING', interval '50 minutes 0.1 s', interval '1 hour')) AS v (state, start, finish)
      WHERE t + start < now()
      """;

  private static final String HOURS =
      """
      INSERT INTO usage_hour (service, container, hour, asleep, nano_core_micros, cpu_micros,
        byte_micros, memory_micros, nano_core_limit, byte_limit)
      SELECT SERVICE, SERVICE || '-1', d + h * interval '1 hour', false,
        3000000000::numeric * (50000000 + 100000000 * random())::bigint, 3000000000,
        3000000000::numeric * (80000000 + 20000000 * random())::bigint, 3000000000,
        250000000, 268435456
      FROM generate_series(1, SERVICES) s,
        generate_series(date_bin('1 day', now() - interval 'DAYS days', 'epoch'), now(), '1 day') d,
        generate_series(s % 16, s % 16 + 7) h
      WHERE d + h * interval '1 hour' < now()
      """;

  private static final String CONTAINERS =
      """
      INSERT INTO ledger_container (service, container, built_from, built_to)
      SELECT service, container, date_trunc('hour', min(from_at), 'UTC'),
        date_trunc('hour', min(from_at), 'UTC')
      FROM state_span GROUP BY service, container
      """;

  private CostFacts() {}

  /** Answers how many rows it wrote. */
  static long fill(PostgresTarget postgres, int services, int days) throws SQLException {
    try (Connection connection = postgres.connect("cost");
        Statement statement = connection.createStatement()) {
      long rows = 0;
      for (String sql : List.of(SPANS, HOURS, CONTAINERS)) {
        rows +=
            statement.executeLargeUpdate(
                sql.replace("SERVICES", Integer.toString(services))
                    .replace("SERVICE", SERVICE)
                    .replace("DAYS", Integer.toString(days)));
      }
      statement.execute("VACUUM ANALYZE");
      return rows;
    }
  }
}
