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
      WITH spent AS (
        SELECT service, container, state,
          sum(least(ended_at, :to) - greatest(started_at, :from)) AS time,
          count(*) FILTER (WHERE started_at >= :from
            AND state_before NOT IN (state, 'UNKNOWN')) AS times
        FROM state_interval
        WHERE started_at < :to AND (ended_at IS NULL OR ended_at > :from OR started_at >= :from)
          AND (CAST(:service AS text) IS NULL OR service = :service)
        GROUP BY service, container, state
      )
      SELECT service, count(DISTINCT container) AS containers,
        coalesce(sum(times) FILTER (WHERE state = 'SLEEPING'), 0) AS sleeps,
        coalesce(sum(times) FILTER (WHERE state = 'STOPPED'), 0) AS stops,
        SECONDS(state = 'RUNNING') AS running,
        SECONDS(state = 'SLEEPING') AS sleeping,
        SECONDS(state = 'STOPPED') AS stopped,
        SECONDS(state IN ('FALLING_ASLEEP', 'WAKING')) AS in_transition,
        SECONDS(state = 'FAILED') AS failed,
        SECONDS(state = 'UNKNOWN') AS unknown
      FROM spent GROUP BY service ORDER BY service
      """
          .replaceAll(
              "SECONDS\\((.*)\\) AS",
              "coalesce(extract(epoch FROM sum(time) FILTER (WHERE $1)), 0) AS");

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
