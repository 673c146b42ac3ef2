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
   * between as one sum, and all of the stretch itself.
   */
  private static final String HOURS =
      """
      SELECT c.service, c.container, u.*
      FROM (
        SELECT service, container, till, date_trunc('hour', since, 'UTC') AS first,
          greatest(?, least(?, ceil(
            extract(epoch FROM till - date_trunc('hour', since, 'UTC')) / 3600)))::int AS apart
        FROM unnest(?::text[], ?::text[], ?::timestamptz[], ?::timestamptz[])
          AS c (service, container, since, till)
      ) c
      CROSS JOIN LATERAL (
        (SELECT b.hour, false AS asleep, b.nano_core_micros, b.cpu_micros, b.byte_micros,
           b.memory_micros, n.nano_core_limit, n.byte_limit,
           0::numeric AS network_in_bytes, 0::numeric AS network_out_bytes,
           0::bigint AS network_micros, b.hours
         FROM (
           SELECT max(hour) AS hour, sum(nano_core_micros) AS nano_core_micros,
             sum(cpu_micros)::bigint AS cpu_micros, sum(byte_micros) AS byte_micros,
             sum(memory_micros)::bigint AS memory_micros, count(*) AS hours
           FROM (
             SELECT * FROM usage_hour h
             WHERE h.service = c.service AND h.container = c.container
               AND NOT h.asleep AND h.hour < c.first
             ORDER BY h.hour DESC LIMIT ? - c.apart
           ) x
         ) b
         JOIN usage_hour n ON n.service = c.service AND n.container = c.container
           AND NOT n.asleep AND n.hour = b.hour)
        UNION ALL
        (SELECT HOUR FROM usage_hour h
         WHERE h.service = c.service AND h.container = c.container
           AND NOT h.asleep AND h.hour < c.first
         ORDER BY h.hour DESC LIMIT c.apart OFFSET ? - c.apart)
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
                  + " network_micros, 1");

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
    jdbc.query(
        HOURS,
        row -> {
          hours.computeIfAbsent(ContainerKey.of(row), any -> new ArrayList<>()).add(hour(row));
        },
        arguments(stretches, apart));
    return hours;
  }

  private static Object[] arguments(Collection<Stretch> stretches, int apart) {
    Object[] columns = HistoryReader.columns(stretches);
    int all = UsageLevels.LOOK_BACK_HOURS;
    return new Object[] {apart, all, columns[0], columns[1], columns[2], columns[3], all, all};
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
