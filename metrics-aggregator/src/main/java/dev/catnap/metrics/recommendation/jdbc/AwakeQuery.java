package dev.catnap.metrics.recommendation.jdbc;

import dev.catnap.metrics.recommendation.Evidence;
import dev.catnap.metrics.recommendation.RightSizing;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What containers used while awake, by the minute. A minute that they were awake for a part of
 * counts with that part: asleep they used no CPU, so all that was used belongs to it. Less than ten
 * seconds of a minute tell too little.
 */
final class AwakeQuery {
  /** Buckets as {@link dev.catnap.metrics.recommendation.Buckets#CPU}; weight doubles in 24 h. */
  private static final String AWAKE =
      """
      WITH awake AS MATERIALIZED (
        SELECT u.service, u.bucket, u.memory_bytes_max,
          u.memory_byte_millis::float8 AS memory_byte_millis,
          u.sampled_millis::float8 AS sampled_millis, u.cpu_core_micros::float8 AS cpu_core_micros,
          extract(epoch FROM least(coalesce(i.ended_at, 'infinity'), u.bucket + interval '1 minute')
            - greatest(i.started_at, u.bucket))::float8 / 60 AS share
        FROM state_interval i
        JOIN usage_minute u ON u.service = i.service AND u.container = i.container
          AND u.bucket > i.started_at - interval '1 minute'
          AND u.bucket < coalesce(i.ended_at, 'infinity')
        WHERE i.service = ANY(CAST(:services AS text[])) AND i.state = 'RUNNING'
          AND (i.ended_at IS NULL OR i.ended_at > :from) AND i.started_at < :to
          AND u.bucket >= :from AND u.bucket < :to
      ), used AS (
        SELECT *, greatest(0, least(175, floor(ln(1 + 5
            * cpu_core_micros / (1000 * sampled_millis) / share) / ln(1.05) + 1e-9)))::int
          AS slot
        FROM awake WHERE share >= 1 / 6.0
      )
      SELECT service, slot, NULL::timestamptz AS day, min(bucket) AS first, sum(share) AS minutes,
        sum(share * power(2, -extract(epoch FROM :to - bucket)::float8 / 86400)) AS weight,
        NULL::bigint AS peak, sum(cpu_core_micros) AS core_micros,
        sum(memory_byte_millis) AS byte_millis, sum(sampled_millis * share) AS millis,
        sum(sampled_millis) AS sampled
      FROM used GROUP BY service, slot
      UNION ALL
      SELECT service, NULL, date_bin('1 day', bucket, 'epoch'), max(bucket), 0, 0,
        max(memory_bytes_max), 0, 0, 0, 0
      FROM used GROUP BY service, date_bin('1 day', bucket, 'epoch')
      """;

  private final MetricsDatabase database;

  AwakeQuery(MetricsDatabase database) {
    this.database = database;
  }

  /** Over all slots of a service. */
  private static final class Sums {
    double coreMicros;
    double byteMillis;
    double awakeMillis;
    double sampledMillis;
  }

  void gather(Map<String, Evidence> into, Instant now) {
    Map<String, Sums> sums = new HashMap<>();
    database
        .client()
        .sql(AWAKE)
        .param("services", into.keySet().toArray(String[]::new))
        .param("from", Times.argument(now.minus(RightSizing.HISTORY)))
        .param("to", Times.argument(now))
        .query(row -> {
          Evidence evidence = into.get(row.getString("service"));
          if (evidence != null) {
            take(row, evidence, sums.computeIfAbsent(row.getString("service"), any -> new Sums()));
          }
        });
    sums.forEach((service, sum) -> {
      Evidence evidence = into.get(service);
      if (evidence != null && sum.awakeMillis > 0) {
        evidence.means(sum.coreMicros / 1000 / sum.awakeMillis, sum.byteMillis / sum.sampledMillis);
      }
    });
  }

  private static void take(ResultSet row, Evidence evidence, Sums sums) throws SQLException {
    if (row.getObject("day") != null) {
      evidence.sizing().memory(row.getDouble("peak"), Times.required(row, "first"));
      return;
    }
    evidence.sizing().cpuBucket(row.getInt("slot"), row.getDouble("weight"));
    evidence.sizing().awake(Times.required(row, "first"), row.getDouble("minutes"));
    sums.coreMicros += row.getDouble("core_micros");
    sums.byteMillis += row.getDouble("byte_millis");
    sums.awakeMillis += row.getDouble("millis");
    sums.sampledMillis += row.getDouble("sampled");
  }
}
