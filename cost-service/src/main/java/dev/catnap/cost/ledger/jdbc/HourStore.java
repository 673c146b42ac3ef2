package dev.catnap.cost.ledger.jdbc;

import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sums of an hour, computed anew from all its samples and states whenever one of them is new.
 *
 * <p>A sample belongs to the hour it ends in (an end on the full hour to the hour before), and to
 * the states its window lies in: CPU to the part awake, because a paused container uses none;
 * memory, which is measured at the end, to the state at the end, for as long as that lasted within
 * the window. Network belongs to the part awake, all of it, since a paused container sends nothing;
 * to the part at rest only where no part was awake. Time without a known state is left out.
 */
final class HourStore {
  /**
   * Hours of samples that a changed state reaches into. What says that a container is gone takes
   * the time up to the next state from the one before.
   */
  private static final String HOURS_OF_SPANS =
      """
      SELECT DISTINCT s.service, s.container,
        date_trunc('hour', s.at - interval '1 microsecond', 'UTC')
      FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, at)
      JOIN state_span p
        ON p.service = t.service AND p.container = t.container AND p.from_at = t.at
      CROSS JOIN LATERAL (
        SELECT CASE WHEN p.gone THEN (
          SELECT min(n.from_at) FROM state_span n
          WHERE n.service = p.service AND n.container = p.container AND n.from_at > p.from_at)
        ELSE p.until_at END AS until_at
      ) r
      JOIN sample s
        ON s.service = p.service AND s.container = p.container AND s.at > p.from_at
        AND (r.until_at IS NULL OR s.since_at < r.until_at)
      """;

  private static final String HOURS_OF_SAMPLES =
      """
      SELECT DISTINCT t.service, t.container,
        date_trunc('hour', t.at - interval '1 microsecond', 'UTC')
      FROM unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, at)
      """;

  private static final String DELETE =
      """
      DELETE FROM usage_hour u
      USING unnest(?::text[], ?::text[], ?::timestamptz[]) AS t (service, container, hour)
      WHERE u.service = t.service AND u.container = t.container AND u.hour = t.hour
      """;

  private static final String INSERT =
      """
      WITH part AS (
        SELECT s.*, t.hour,
          p.state = 'SLEEPING' AS sleeping,
          p.state IN ('SLEEPING', 'STOPPED') AS resting,
          p.until_at IS NULL OR p.until_at >= s.at AS is_last,
          (extract(epoch FROM least(s.at, p.until_at) - greatest(s.since_at, p.from_at))
            * 1000000)::bigint AS micros
        FROM (SELECT DISTINCT * FROM unnest(?::text[], ?::text[], ?::timestamptz[])
              AS t (service, container, hour)) t
        JOIN sample s
          ON s.service = t.service AND s.container = t.container
          AND s.at > t.hour AND s.at <= t.hour + interval '1 hour'
        JOIN state_span p
          ON p.service = s.service AND p.container = s.container
          AND p.from_at < s.at AND (p.until_at IS NULL OR p.until_at > s.since_at)
      ), split AS (
        SELECT service, container, hour, at, since_at, nano_cores, bytes,
          nano_core_limit, byte_limit, network_in_bytes, network_out_bytes,
          coalesce(sum(micros) FILTER (WHERE NOT resting), 0) AS awake,
          coalesce(sum(micros) FILTER (WHERE resting), 0) AS at_rest,
          coalesce(sum(micros) FILTER (WHERE is_last AND NOT resting), 0) AS awake_at_end,
          coalesce(sum(micros) FILTER (WHERE is_last AND sleeping), 0) AS asleep_at_end
        FROM part
        GROUP BY service, container, hour, at, since_at, nano_cores, bytes,
          nano_core_limit, byte_limit, network_in_bytes, network_out_bytes
      )
      INSERT INTO usage_hour (service, container, hour, asleep, nano_core_micros, cpu_micros,
        byte_micros, memory_micros, nano_core_limit, byte_limit,
        network_in_bytes, network_out_bytes, network_micros)
      SELECT service, container, hour, false,
        sum(nano_cores * CASE WHEN at_rest > 0
          THEN extract(epoch FROM at - since_at) * 1000000 ELSE awake END),
        sum(awake), sum(bytes * awake_at_end), sum(awake_at_end),
        (array_agg(nano_core_limit ORDER BY at DESC))[1],
        (array_agg(byte_limit ORDER BY at DESC))[1],
        sum(network_in_bytes), sum(network_out_bytes), sum(awake)
      FROM split WHERE awake > 0
      GROUP BY service, container, hour
      UNION ALL
      SELECT service, container, hour, true, 0, 0,
        sum(bytes * asleep_at_end), sum(asleep_at_end),
        (array_agg(nano_core_limit ORDER BY at DESC))[1],
        (array_agg(byte_limit ORDER BY at DESC))[1],
        coalesce(sum(network_in_bytes) FILTER (WHERE awake = 0), 0),
        coalesce(sum(network_out_bytes) FILTER (WHERE awake = 0), 0),
        coalesce(sum(at_rest) FILTER (WHERE awake = 0), 0)
      FROM split WHERE asleep_at_end > 0
      GROUP BY service, container, hour
      """;

  private final JdbcTemplate jdbc;

  HourStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** To be called once for samples and once for spans, both stored already. */
  void sumAfterSamples(Collection<Touched> samples) {
    sum(samples.isEmpty() ? List.of() : query(HOURS_OF_SAMPLES, samples));
  }

  void sumAfterSpans(Collection<Touched> spans) {
    sum(spans.isEmpty() ? List.of() : query(HOURS_OF_SPANS, spans));
  }

  private List<Touched> query(String sql, Collection<Touched> touched) {
    return jdbc.query(sql, SpanStore::touched, SpanStore.keys(touched));
  }

  /** Hours without samples are not among these, so sums whose samples are deleted stand. */
  private void sum(List<Touched> hours) {
    if (!hours.isEmpty()) {
      jdbc.update(DELETE, SpanStore.keys(hours));
      jdbc.update(INSERT, SpanStore.keys(hours));
    }
  }
}
