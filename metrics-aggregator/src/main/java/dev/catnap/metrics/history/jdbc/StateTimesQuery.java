package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.RunState;
import dev.catnap.metrics.history.StateTimes;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OneService;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.TimeWindow;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Time in each state, and the states at a moment; intervals that last count up to the end asked.
 */
public final class StateTimesQuery {
  private static final String TIMES =
      """
      WITH clipped AS (
        SELECT service, container, state, state_before, started_at >= :from AS began_within,
          extract(epoch FROM least(coalesce(ended_at, 'infinity'), :to)
            - greatest(started_at, :from)) AS seconds
        FROM state_interval
        WHERE started_at < :to AND (ended_at IS NULL OR ended_at > :from OR started_at >= :from)
          AND (CAST(:service AS text) IS NULL OR service = :service)
      )
      SELECT service, count(DISTINCT container) AS containers,
        count(*) FILTER (WHERE began_within AND state = 'SLEEPING'
          AND state_before NOT IN ('SLEEPING', 'UNKNOWN')) AS sleeps,
        count(*) FILTER (WHERE began_within AND state = 'STOPPED'
          AND state_before NOT IN ('STOPPED', 'UNKNOWN')) AS stops,
        coalesce(sum(seconds) FILTER (WHERE state = 'RUNNING'), 0) AS running,
        coalesce(sum(seconds) FILTER (WHERE state = 'SLEEPING'), 0) AS sleeping,
        coalesce(sum(seconds) FILTER (WHERE state = 'STOPPED'), 0) AS stopped,
        coalesce(sum(seconds) FILTER (WHERE state IN ('FALLING_ASLEEP', 'WAKING')), 0)
          AS in_transition,
        coalesce(sum(seconds) FILTER (WHERE state = 'FAILED'), 0) AS failed,
        coalesce(sum(seconds) FILTER (WHERE state = 'UNKNOWN'), 0) AS unknown
      FROM clipped GROUP BY service ORDER BY service
      """;

  private static final String STATES =
      """
      SELECT service, container, state FROM state_interval
      WHERE started_at < :at AND (ended_at IS NULL OR ended_at >= :at)
        AND (CAST(:service AS text) IS NULL OR service = :service)
      """;

  private final MetricsDatabase database;

  public StateTimesQuery(MetricsDatabase database) {
    this.database = database;
  }

  /** By service, in the order of their names; those not heard of in the window are not in it. */
  public Map<String, StateTimes> times(TimeWindow window, @Nullable String service) {
    Map<String, StateTimes> times = new LinkedHashMap<>();
    database
        .client()
        .sql(OneService.in(TIMES, service))
        .param("from", Times.argument(window.from()))
        .param("to", Times.argument(window.to()))
        .param("service", service)
        .query(row -> {
          times.put(
              row.getString("service"),
              new StateTimes(
                  row.getLong("containers"),
                  row.getLong("sleeps"),
                  row.getLong("stops"),
                  row.getDouble("running"),
                  row.getDouble("sleeping"),
                  row.getDouble("stopped"),
                  row.getDouble("in_transition"),
                  row.getDouble("failed"),
                  row.getDouble("unknown")));
        });
    return times;
  }

  /** By service and container: the state in which each was just before a time. */
  public Map<String, Map<String, RunState>> statesAt(
      java.time.Instant at, @Nullable String service) {
    Map<String, Map<String, RunState>> states = new HashMap<>();
    database
        .client()
        .sql(OneService.in(STATES, service))
        .param("at", Times.argument(at))
        .param("service", service)
        .query(row -> {
          states
              .computeIfAbsent(row.getString("service"), any -> new HashMap<>())
              .put(row.getString("container"), RunState.valueOf(row.getString("state")));
        });
    return states;
  }
}
