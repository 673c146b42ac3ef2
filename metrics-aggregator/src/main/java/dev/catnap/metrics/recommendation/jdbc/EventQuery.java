package dev.catnap.metrics.recommendation.jdbc;

import dev.catnap.events.RunState;
import dev.catnap.metrics.recommendation.Crashes;
import dev.catnap.metrics.recommendation.Evidence;
import dev.catnap.metrics.recommendation.RightSizing;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happened to services: use, wakes, crashes, time awake, and the limits they had last. */
final class EventQuery {
  private static final Duration WEEK = Duration.ofDays(7);

  private static final String SEEN =
      """
      SELECT s.service,
        (SELECT min(started_at) FROM state_interval i WHERE i.service = s.service) AS first,
        (SELECT max(bucket) FROM (VALUES ('request'), ('connection'), ('job')) AS k (kind)
          CROSS JOIN LATERAL (SELECT bucket FROM activity_minute a
            WHERE a.service = s.service AND a.kind = k.kind
            ORDER BY bucket DESC LIMIT 1) newest) AS used,
        (SELECT count(*) FILTER (WHERE succeeded) FROM wake w
          WHERE w.service = s.service AND w.ended_at >= :week) AS wakes,
        (SELECT count(*) FILTER (WHERE NOT succeeded) FROM wake w
          WHERE w.service = s.service AND w.ended_at >= :week) AS failed,
        (SELECT coalesce(sum(extract(epoch FROM least(coalesce(ended_at, 'infinity'), :to)
              - greatest(started_at, :from))) FILTER (WHERE state = 'RUNNING')
            / nullif(sum(extract(epoch FROM least(coalesce(ended_at, 'infinity'), :to)
              - greatest(started_at, :from))), 0), 0)
          FROM state_interval i WHERE i.service = s.service
            AND started_at < :to AND (ended_at IS NULL OR ended_at > :from)) AS awake
      FROM unnest(CAST(:services AS text[])) AS s (service)
      """;

  private static final String LIMITS =
      """
      SELECT c.service, l.cpu_limit_cores, l.memory_limit_bytes
      FROM (SELECT DISTINCT service, container FROM usage_day
        WHERE service = ANY(CAST(:services AS text[])) AND bucket >= :from) c
      CROSS JOIN LATERAL (SELECT * FROM resource_sample r
        WHERE r.service = c.service AND r.container = c.container
          AND r.at > :from AND r.at <= :to
        ORDER BY r.at DESC LIMIT 1) l
      """;

  /** A kill for memory tells that it had reached its limit; without one, what was seen last. */
  private static final String CRASHES =
      """
      SELECT c.service, c.from_state, c.to_state, c.failure, c.at, c.at >= :week AS lately,
        (SELECT max(memory_bytes_max) FROM usage_minute u
          WHERE u.service = c.service AND u.container = c.container
            AND u.bucket > c.at - interval '1 hour' AND u.bucket <= c.at) AS used
      FROM state_change c
      WHERE c.service = ANY(CAST(:services AS text[])) AND c.at >= :from AND c.at < :to
        AND c.from_state = 'RUNNING' AND c.failure IS NOT NULL
      """;

  private final MetricsDatabase database;

  EventQuery(MetricsDatabase database) {
    this.database = database;
  }

  private interface Taker {
    void take(Evidence evidence, ResultSet row) throws SQLException;
  }

  void gather(Map<String, Evidence> into, Instant now) {
    ask(
        SEEN,
        into,
        now,
        true,
        (evidence, row) -> {
          evidence.seen(Times.read(row, "first"), Times.read(row, "used"));
          evidence.wakes(row.getLong("wakes"), row.getLong("failed"));
          evidence.awakeShare(row.getDouble("awake"));
        });
    ask(
        LIMITS,
        into,
        now,
        false,
        (evidence, row) ->
            evidence.limits(
                Times.number(row, "cpu_limit_cores"), Times.number(row, "memory_limit_bytes")));
    ask(CRASHES, into, now, true, EventQuery::crash);
  }

  private static void crash(Evidence evidence, ResultSet row) throws SQLException {
    String failure = row.getString("failure");
    boolean outOfMemory = Crashes.isOutOfMemory(failure);
    boolean crash =
        Crashes.isCrash(
            RunState.valueOf(row.getString("from_state")),
            RunState.valueOf(row.getString("to_state")),
            failure);
    if (crash && row.getBoolean("lately")) {
      evidence.crash(outOfMemory);
    }
    Double used = Times.number(row, "used");
    if (outOfMemory && used != null) {
      evidence.sizing().outOfMemory(used, Times.required(row, "at"));
    }
  }

  private void ask(String sql, Map<String, Evidence> into, Instant now, boolean week, Taker taker) {
    JdbcClient.StatementSpec statement =
        database
            .client()
            .sql(sql)
            .param("services", into.keySet().toArray(String[]::new))
            .param("from", Times.argument(now.minus(RightSizing.HISTORY)))
            .param("to", Times.argument(now));
    if (week) {
      statement = statement.param("week", Times.argument(now.minus(WEEK)));
    }
    statement.query(row -> {
      Evidence evidence = into.get(row.getString("service"));
      if (evidence != null) {
        taker.take(evidence, row);
      }
    });
  }
}
