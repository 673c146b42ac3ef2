package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.MovedBytes;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.ledger.UsageLevels;
import dev.catnap.cost.ledger.UsedHour;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads use by the hour of stretches, and what precedes them as far as the mean looks back. */
final class HourReader {
  /**
   * Of the hours before a stretch the oldest ones that the mean may still lose one by one, those
   * between as one sum, and all of the stretch itself. Where a stretch begins at the border of what
   * is booked, that sum is taken from what was noted there: all of it less the oldest ones.
   */
  private static final String HOURS =
      """
      SELECT c.service, c.container, u.*
      FROM (
        SELECT a.*, k.*, k.mean_hours IS NOT NULL AS noted,
          greatest(0, k.mean_hours - (LOOK_BACK - a.apart)) AS oldest
        FROM (
          SELECT service, container, till, date_trunc('hour', since, 'UTC') AS first,
            greatest(?, least(LOOK_BACK, ceil(
              extract(epoch FROM till - date_trunc('hour', since, 'UTC')) / 3600)))::int AS apart
          FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
            AS c (service, container, since, till)
        ) a
        LEFT JOIN LATERAL (
          SELECT mean_hours, mean_first, mean_last, mean_nano_core_limit, mean_byte_limit,
            mean_nano_core_micros, mean_cpu_micros, mean_byte_micros, mean_memory_micros
          FROM ledger_container b
          WHERE b.service = a.service AND b.container = a.container AND b.built_to = a.first
            AND b.mean_at = a.first AND b.mean_hours > 0 AND a.apart < LOOK_BACK
        ) k ON true
      ) c
      CROSS JOIN LATERAL (
        (SELECT c.mean_last AS hour, false AS asleep,
           c.mean_nano_core_micros - coalesce(o.nano_core_micros, 0) AS nano_core_micros,
           c.mean_cpu_micros - coalesce(o.cpu_micros, 0)::bigint AS cpu_micros,
           c.mean_byte_micros - coalesce(o.byte_micros, 0) AS byte_micros,
           c.mean_memory_micros - coalesce(o.memory_micros, 0)::bigint AS memory_micros,
           c.mean_nano_core_limit AS nano_core_limit, c.mean_byte_limit AS byte_limit,
           0::numeric AS network_in_bytes, 0::numeric AS network_out_bytes,
           0::bigint AS network_micros, (c.mean_hours - c.oldest)::bigint AS hours
         FROM (
           SELECT sum(nano_core_micros) AS nano_core_micros, sum(cpu_micros) AS cpu_micros,
             sum(byte_micros) AS byte_micros, sum(memory_micros) AS memory_micros
           FROM (
             SELECT * FROM usage_hour h
             WHERE h.service = c.service AND h.container = c.container
               AND NOT h.asleep AND h.hour >= c.mean_first AND h.hour < c.first
             ORDER BY h.hour LIMIT c.oldest
           ) x
         ) o
         WHERE c.noted)
        UNION ALL
        (SELECT HOUR FROM usage_hour h
         WHERE c.noted AND h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour >= c.mean_first AND h.hour < c.first
         ORDER BY h.hour LIMIT c.oldest)
        UNION ALL
        (SELECT b.hour, false, b.nano_core_micros, b.cpu_micros, b.byte_micros,
           b.memory_micros, n.nano_core_limit, n.byte_limit, 0, 0, 0, b.hours
         FROM (
           SELECT max(hour) AS hour, sum(nano_core_micros) AS nano_core_micros,
             sum(cpu_micros)::bigint AS cpu_micros, sum(byte_micros) AS byte_micros,
             sum(memory_micros)::bigint AS memory_micros, count(*) AS hours
           FROM (
             SELECT * FROM usage_hour h
             WHERE NOT c.noted AND h.service = c.service AND h.container = c.container
               AND NOT h.asleep AND h.hour < c.first
             ORDER BY h.hour DESC LIMIT LOOK_BACK - c.apart
           ) x
         ) b
         JOIN usage_hour n ON n.service = c.service AND n.container = c.container
           AND NOT n.asleep AND n.hour = b.hour)
        UNION ALL
        (SELECT HOUR FROM usage_hour h
         WHERE NOT c.noted AND h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour < c.first
         ORDER BY h.hour DESC LIMIT c.apart OFFSET LOOK_BACK - c.apart)
        UNION ALL
        (SELECT HOUR FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND h.asleep AND h.hour < c.first
         ORDER BY h.hour DESC LIMIT 1)
        UNION ALL
        (SELECT HOUR FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour >= c.first AND h.hour < c.till)
        UNION ALL
        (SELECT HOUR FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND h.asleep AND h.hour >= c.first AND h.hour < c.till)
      ) u
      """
          .replace(
              "HOUR",
              "hour, asleep, nano_core_micros, cpu_micros, byte_micros, memory_micros,"
                  + " nano_core_limit, byte_limit, network_in_bytes, network_out_bytes,"
                  + " network_micros, 1")
          .replace("LOOK_BACK", Integer.toString(UsageLevels.LOOK_BACK_HOURS));

  private final JdbcTemplate jdbc;

  HourReader(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * @param apart how many hours before a stretch are read one by one at least; the others, as far
   *     as the mean looks back, as their sum
   */
  Map<ContainerKey, List<UsedHour>> read(Collection<Stretch> stretches, int apart) {
    Map<ContainerKey, List<UsedHour>> hours = new HashMap<>();
    Object[] columns = HistoryReader.columns(stretches);
    jdbc.query(
        HOURS,
        row -> {
          hours.computeIfAbsent(ContainerKey.of(row), any -> new ArrayList<>()).add(hour(row));
        },
        apart,
        columns[0],
        columns[1],
        columns[2],
        columns[3]);
    return hours;
  }

  private static UsedHour hour(ResultSet row) throws SQLException {
    return new UsedHour(
        row.getObject("hour", OffsetDateTime.class).toInstant(),
        row.getBoolean("asleep"),
        row.getObject("nano_core_micros", BigDecimal.class).toBigInteger(),
        row.getLong("cpu_micros"),
        row.getObject("byte_micros", BigDecimal.class).toBigInteger(),
        row.getLong("memory_micros"),
        row.getObject("nano_core_limit", Long.class),
        row.getObject("byte_limit", Long.class),
        new MovedBytes(
            row.getObject("network_in_bytes", BigDecimal.class).toBigInteger(),
            row.getObject("network_out_bytes", BigDecimal.class).toBigInteger(),
            row.getLong("network_micros")),
        row.getInt("hours"));
  }
}
