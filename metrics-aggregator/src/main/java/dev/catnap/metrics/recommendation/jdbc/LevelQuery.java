package dev.catnap.metrics.recommendation.jdbc;

import dev.catnap.metrics.recommendation.Evidence;
import dev.catnap.metrics.recommendation.MemoryLeak;
import dev.catnap.metrics.recommendation.MemoryLeak.Level;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How much memory containers had, hour by hour since they last started, and in the last minutes. A
 * container that is down has none; a crash that was mended is a start.
 */
final class LevelQuery {
  private static final String HOURS =
      """
      WITH started AS (
        SELECT service, container,
          max(ended_at) FILTER (WHERE state IN ('STOPPED', 'FAILED')
            OR (state = 'WAKING' AND state_before = 'RUNNING')) AS at
        FROM state_interval WHERE service = ANY(CAST(:services AS text[]))
        GROUP BY service, container
        HAVING count(*) FILTER (WHERE ended_at IS NULL AND state IN ('STOPPED', 'FAILED')) = 0
      )
      SELECT u.service, u.container, u.bucket, u.memory_bytes_min AS bytes
      FROM started s JOIN usage_hour u ON u.service = s.service AND u.container = s.container
        AND u.bucket >= greatest(coalesce(s.at, '-infinity'), :from)
      WHERE u.bucket < :to ORDER BY u.service, u.container, u.bucket
      """;

  private static final String MINUTES =
      """
      SELECT service, container, bucket, memory_bytes_max AS bytes FROM usage_minute
      WHERE service = ANY(CAST(:services AS text[])) AND bucket >= :from AND bucket < :to
      ORDER BY service, container, bucket
      """;

  private static final Duration LAST_MINUTES = Duration.ofMinutes(8);

  private final MetricsDatabase database;

  LevelQuery(MetricsDatabase database) {
    this.database = database;
  }

  void gather(Map<String, Evidence> into, Instant now) {
    ask(HOURS, into, now.minus(MemoryLeak.LONGEST), now, Evidence::hour);
    ask(MINUTES, into, now.minus(LAST_MINUTES), now, Evidence::minute);
  }

  private interface Taker {
    void take(Evidence evidence, String container, Level level);
  }

  private void ask(String sql, Map<String, Evidence> into, Instant from, Instant to, Taker taker) {
    database
        .client()
        .sql(sql)
        .param("services", into.keySet().toArray(String[]::new))
        .param("from", Times.argument(from))
        .param("to", Times.argument(to))
        .query(row -> {
          Evidence evidence = into.get(row.getString("service"));
          if (evidence != null) {
            taker.take(
                evidence,
                row.getString("container"),
                new Level(Times.required(row, "bucket"), row.getDouble("bytes")));
          }
        });
  }
}
