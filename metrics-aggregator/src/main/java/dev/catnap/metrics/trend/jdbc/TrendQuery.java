package dev.catnap.metrics.trend.jdbc;

import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.Times;
import dev.catnap.metrics.trend.TrendMetric;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Values of a metric, step by step. */
public final class TrendQuery {
  private final MetricsDatabase database;

  public TrendQuery(MetricsDatabase database) {
    this.database = database;
  }

  /**
   * By the start of the step; steps in which nothing was observed are not in it. Steps begin at the
   * window's start.
   */
  public Map<Instant, Double> values(
      TrendMetric metric, TimeWindow window, Duration step, @Nullable String service) {
    Map<Instant, Double> values = new HashMap<>();
    if (metric.isCount()) {
      observed(window, step, service).forEach(at -> values.put(at, 0.0));
    }
    values.putAll(ask(TrendSql.of(metric, step), window, step, service));
    return values;
  }

  /**
   * The value over the whole window; null when nothing was observed.
   *
   * @param step of the series that it goes with: both read the same rollup
   */
  public @Nullable Double value(
      TrendMetric metric, TimeWindow window, Duration step, @Nullable String service) {
    Duration whole = window.length();
    Double value = ask(TrendSql.of(metric, step), window, whole, service).get(window.from());
    if (value != null || !metric.isCount()) {
      return value;
    }
    return observed(window, whole, service).isEmpty() ? null : 0.0;
  }

  private Set<Instant> observed(TimeWindow window, Duration step, @Nullable String service) {
    return ask(TrendSql.OBSERVED, window, step, service).keySet();
  }

  private Map<Instant, Double> ask(
      String sql, TimeWindow window, Duration step, @Nullable String service) {
    Map<Instant, Double> values = new HashMap<>();
    database
        .client()
        .sql(sql)
        .param("from", Times.argument(window.from()))
        .param("to", Times.argument(window.to()))
        .param("micros", step.toNanos() / 1_000)
        .param("service", service)
        .query(row -> {
          Double value = Times.number(row, "value");
          if (value != null) {
            values.put(Times.required(row, "bin"), value);
          }
        });
    return values;
  }
}
