package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.RunState;
import dev.catnap.metrics.history.LatencySummary;
import dev.catnap.metrics.history.StageSummary;
import dev.catnap.metrics.history.WakeFigures;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OneService;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.TimeWindow;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wakes that ended within a window. */
public final class WakeQuery {
  /** What {@link #wakes} files the figures of all services under; no service can be named so. */
  public static final String ALL = "";

  private static final double MICROS_PER_MILLI = 1_000;

  private static final String WITHIN =
      """
      FROM wake WHERE ended_at >= :from AND ended_at < :to
        AND (CAST(:service AS text) IS NULL OR service = :service)
      """;

  private static final String FIGURES =
      """
      count(*) FILTER (WHERE succeeded) AS wakes,
        count(*) FILTER (WHERE NOT succeeded) AS failed,
        count(latency_micros) FILTER (WHERE succeeded) AS measured,
        avg(latency_micros) FILTER (WHERE succeeded) AS mean,
        percentile_disc(ARRAY[0.5, 0.9, 0.95, 0.99, 1]) WITHIN GROUP (ORDER BY latency_micros)
          FILTER (WHERE succeeded) AS percentiles
      """;

  private static final String WAKES =
      "SELECT coalesce(service, '') AS service, woken_from, "
          + FIGURES
          + WITHIN
          + "GROUP BY GROUPING SETS ((service, woken_from), (service), (woken_from), ())";

  private static final String ALL_TOGETHER = "SELECT " + FIGURES + WITHIN;

  private static final List<String> STAGES = List.of("decided", "received", "engine", "ready");

  /** One sort a stage; a row a stage and wake would be four times as many to sort. */
  private static final String BY_STAGE =
      STAGES.stream()
              .map(stage ->
                  """
                  count(%1$s_micros) AS %1$s_count, avg(%1$s_micros) AS %1$s_mean,
                  percentile_disc(ARRAY[0.5, 0.99]) WITHIN GROUP (ORDER BY %1$s_micros)
                    AS %1$s_percentiles
                  """
                      .formatted(stage))
              .collect(Collectors.joining(", ", "SELECT ", ""))
          + WITHIN
          + "AND succeeded";

  private final MetricsDatabase database;

  public WakeQuery(MetricsDatabase database) {
    this.database = database;
  }

  /** By service, and all of them under {@link #ALL}; those without wakes are not in it. */
  public Map<String, WakeFigures> wakes(TimeWindow window, @Nullable String service) {
    Map<String, WakeFigures> overall = new HashMap<>();
    Map<String, Map<RunState, LatencySummary>> byOrigin = new HashMap<>();
    ask(WAKES, window, service)
        .query(row -> {
          String name = row.getString("service");
          String origin = row.getString("woken_from");
          LatencySummary latency = latency(row);
          if (origin == null) {
            overall.put(
                name,
                new WakeFigures(row.getLong("wakes"), row.getLong("failed"), latency, Map.of()));
          } else {
            byOrigin
                .computeIfAbsent(name, any -> new EnumMap<>(RunState.class))
                .put(RunState.valueOf(origin), latency);
          }
        });
    overall.replaceAll((name, figures) ->
        new WakeFigures(
            figures.wakes(),
            figures.failed(),
            figures.latency(),
            byOrigin.getOrDefault(name, Map.of())));
    return overall;
  }

  /** All wakes of these services together, whatever state they were woken from. */
  public WakeFigures together(TimeWindow window, @Nullable String service) {
    return ask(ALL_TOGETHER, window, service)
        .query((row, number) ->
            new WakeFigures(row.getLong("wakes"), row.getLong("failed"), latency(row), Map.of()))
        .single();
  }

  /** By stage, in the order in which a wake passes them; those never measured count 0. */
  public Map<String, StageSummary> stages(TimeWindow window, @Nullable String service) {
    return ask(BY_STAGE, window, service).query((row, number) -> stages(row)).single();
  }

  private static Map<String, StageSummary> stages(ResultSet row) throws SQLException {
    Map<String, StageSummary> stages = new LinkedHashMap<>();
    for (String stage : STAGES) {
      List<@Nullable Double> millis = millis(row.getArray(stage + "_percentiles"), 2);
      stages.put(
          stage,
          new StageSummary(
              row.getLong(stage + "_count"),
              mean(row, stage + "_mean"),
              millis.get(0),
              millis.get(1)));
    }
    return stages;
  }

  private JdbcClient.StatementSpec ask(String sql, TimeWindow window, @Nullable String service) {
    return database
        .client()
        .sql(OneService.in(sql, service))
        .param("from", Times.argument(window.from()))
        .param("to", Times.argument(window.to()))
        .param("service", service);
  }

  private static LatencySummary latency(ResultSet row) throws SQLException {
    List<@Nullable Double> millis = millis(row.getArray("percentiles"), 5);
    return new LatencySummary(
        row.getLong("wakes"),
        row.getLong("measured"),
        mean(row, "mean"),
        millis.get(0),
        millis.get(1),
        millis.get(2),
        millis.get(3),
        millis.get(4));
  }

  private static @Nullable Double mean(ResultSet row, String column) throws SQLException {
    Double micros = Times.number(row, column);
    return micros == null ? null : Math.round(micros) / MICROS_PER_MILLI;
  }

  /** In the order asked for; nulls where nothing was measured. */
  private static List<@Nullable Double> millis(@Nullable Array micros, int count)
      throws SQLException {
    List<@Nullable Double> millis = new ArrayList<>();
    Object[] values = micros == null ? new Object[count] : (Object[]) micros.getArray();
    for (Object value : values) {
      millis.add(value instanceof Number number ? number.longValue() / MICROS_PER_MILLI : null);
    }
    return millis;
  }
}
