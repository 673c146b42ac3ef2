package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.RunState;
import dev.catnap.metrics.history.StateTimes;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OfServices;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.TimeWindow;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Time in each state, and the states at a moment; intervals that last count up to the end asked.
 */
public final class StateTimesQuery {
  private static final String TIMES =
      """
      WITH spent AS (
        SELECT service, container, COLUMNS FROM WHOLE
        UNION ALL SELECT service, container, FIGURES FROM LOOSE GROUP BY service, container
      )
      SELECT service, count(DISTINCT container) AS containers,
        sum(sleeps) AS sleeps, sum(stops) AS stops,
        SECONDS(running), SECONDS(sleeping), SECONDS(stopped), SECONDS(in_transition),
        SECONDS(failed), SECONDS(unknown)
      FROM spent GROUP BY service ORDER BY service
      """
          .replaceAll("SECONDS\\((\\w+)\\)", "extract(epoch FROM sum($1)) AS $1")
          .replace("COLUMNS", QuarterDays.COLUMNS)
          .replace("WHOLE", QuarterDays.WHOLE)
          .replace("LOOSE", QuarterDays.LOOSE)
          .replace(
              "FIGURES",
              QuarterDays.figures(
                  "least(ended_at, :to) - greatest(started_at, :from)", "started_at >= :from"));

  private static final String STATES =
      """
      SELECT service, container, state FROM state_interval
      WHERE started_at < :at AND (ended_at IS NULL OR ended_at >= :at)
        AND SERVICE
      """;

  private final MetricsDatabase database;

  public StateTimesQuery(MetricsDatabase database) {
    this.database = database;
  }

  /** By service, in the order of their names; those not heard of in the window are not in it. */
  public Map<String, StateTimes> times(TimeWindow window, @Nullable Collection<String> services) {
    Map<String, StateTimes> times = new LinkedHashMap<>();
    StatementSpec statement =
        database
            .client()
            .sql(OfServices.in(TIMES, services))
            .param("from", Times.argument(window.from()))
            .param("to", Times.argument(window.to()));
    QuarterDays.within(OfServices.bind(statement, services), window)
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
      java.time.Instant at, @Nullable Collection<String> services) {
    Map<String, Map<String, RunState>> states = new HashMap<>();
    StatementSpec statement =
        database.client().sql(OfServices.in(STATES, services)).param("at", Times.argument(at));
    OfServices.bind(statement, services)
        .query(row -> {
          states
              .computeIfAbsent(row.getString("service"), any -> new HashMap<>())
              .put(row.getString("container"), RunState.valueOf(row.getString("state")));
        });
    return states;
  }
}
