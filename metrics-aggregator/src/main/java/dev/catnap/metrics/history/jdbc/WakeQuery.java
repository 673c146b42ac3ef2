package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.RunState;
import dev.catnap.metrics.history.LatencySummary;
import dev.catnap.metrics.history.StageSummary;
import dev.catnap.metrics.history.WakeFigures;
import dev.catnap.metrics.history.WakeSums;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OfServices;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.window.TimeWindow;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
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
        AND SERVICE
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

  /**
   * The values themselves, eight bytes each: what several groups have in common is sorted here,
   * which takes a quarter of the time that grouping sets do.
   */
  private static final String WAKES =
      """
      SELECT service, woken_from, count(*) FILTER (WHERE succeeded) AS wakes,
        count(*) FILTER (WHERE NOT succeeded) AS failed,
        string_agg(int8send(latency_micros), ''::bytea) FILTER (WHERE succeeded) AS latencies
      """
          + WITHIN
          + "GROUP BY service, woken_from";

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
  public Map<String, WakeFigures> wakes(TimeWindow window, @Nullable Collection<String> services) {
    Map<String, WakeSums> sums = new HashMap<>();
    ask(WAKES, window, services)
        .query(row -> {
          RunState origin = RunState.valueOf(row.getString("woken_from"));
          WakeSums.Some some =
              new WakeSums.Some(
                  row.getLong("wakes"), row.getLong("failed"), longs(row.getBytes("latencies")));
          sums.computeIfAbsent(row.getString("service"), any -> new WakeSums()).add(origin, some);
          sums.computeIfAbsent(ALL, any -> new WakeSums()).add(origin, some);
        });
    Map<String, WakeFigures> figures = new HashMap<>();
    sums.forEach((service, sum) -> figures.put(service, sum.figures()));
    return figures;
  }

  private static long[] longs(byte @Nullable [] bytes) {
    LongBuffer buffer = ByteBuffer.wrap(bytes == null ? new byte[0] : bytes).asLongBuffer();
    long[] longs = new long[buffer.remaining()];
    buffer.get(longs);
    return longs;
  }

  /** All wakes of these services together, whatever state they were woken from. */
  public WakeFigures together(TimeWindow window, @Nullable Collection<String> services) {
    return ask(ALL_TOGETHER, window, services)
        .query((row, number) ->
            new WakeFigures(row.getLong("wakes"), row.getLong("failed"), latency(row), Map.of()))
        .single();
  }

  /** By stage, in the order in which a wake passes them; those never measured count 0. */
  public Map<String, StageSummary> stages(
      TimeWindow window, @Nullable Collection<String> services) {
    return ask(BY_STAGE, window, services).query((row, number) -> stages(row)).single();
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

  private JdbcClient.StatementSpec ask(
      String sql, TimeWindow window, @Nullable Collection<String> services) {
    JdbcClient.StatementSpec statement =
        database
            .client()
            .sql(OfServices.in(sql, services))
            .param("from", Times.argument(window.from()))
            .param("to", Times.argument(window.to()));
    return OfServices.bind(statement, services);
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
