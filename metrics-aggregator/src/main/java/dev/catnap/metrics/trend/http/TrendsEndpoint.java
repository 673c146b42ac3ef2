package dev.catnap.metrics.trend.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.trend.Change;
import dev.catnap.metrics.trend.Series;
import dev.catnap.metrics.trend.Step;
import dev.catnap.metrics.trend.TrendMetric;
import dev.catnap.metrics.trend.jdbc.TrendQuery;
import dev.catnap.metrics.window.TimeWindow;
import dev.catnap.metrics.window.http.Windows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /metrics/trends}. */
@RestController
@Tag(name = "metrics")
public final class TrendsEndpoint {
  private final TrendQuery trends;
  private final Clock clock;

  public TrendsEndpoint(TrendQuery trends, Clock clock) {
    this.trends = trends;
    this.clock = clock;
  }

  /** A gap is written out, as {@code "value": null}. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Point(Instant at, @Nullable Double value) {}

  /**
   * @param from start of the first step
   * @param value over the whole window; absent where nothing was observed
   * @param change against the window before; absent unless asked for
   */
  public record Answer(
      String metric,
      String unit,
      @Nullable String service,
      String step,
      String window,
      Instant from,
      Instant to,
      @Nullable Double value,
      @Nullable Change change,
      List<Point> points) {}

  @GetMapping("/metrics/trends")
  @Operation(
      summary = "A figure over time",
      description =
          "metric: cpu_cores, memory_bytes, network_rx_bytes, network_tx_bytes, requests, wakes,"
              + " sleeps, wake_latency_p50, wake_latency_p95, wake_latency_p99, sleep_share,"
              + " running_containers. step: 1m, 5m, 15m, 1h, 6h, 1d, or as fits the window."
              + " compare=previous: the change against the window before.")
  public Answer trends(
      @RequestParam(required = false) @Nullable String metric,
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Duration step,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String compare) {
    TrendMetric figure = TrendMetric.named(metric);
    TimeWindow asked = Windows.of(window, from, to, clock.instant());
    Duration distance = Step.of(step, asked.length());
    String only = Windows.service(service);
    boolean compared = isCompared(compare);
    TimeWindow whole = Series.aligned(asked, distance);
    Map<Instant, Double> values =
        Asking.database(() -> trends.values(figure, whole, distance, only));
    Double value = over(figure, whole, distance, only);
    Change change =
        compared ? Change.of(value, over(figure, whole.previous(), distance, only)) : null;
    return new Answer(
        figure.toString(),
        figure.unit(),
        only,
        Windows.written(distance),
        Windows.written(asked.length()),
        whole.from(),
        whole.to(),
        value,
        change,
        Series.points(whole, distance, values).stream()
            .map(point -> new Point(point.at(), point.value()))
            .toList());
  }

  private static boolean isCompared(@Nullable String compare) {
    if (compare != null && !compare.equals("previous")) {
      throw new InvalidFieldException("compare", "must be previous, or absent", compare);
    }
    return compare != null;
  }

  private @Nullable Double over(
      TrendMetric metric, TimeWindow window, Duration step, @Nullable String service) {
    // Wrapped, as a null is an answer here.
    record Value(@Nullable Double of) {}
    return Asking.database(() -> new Value(trends.value(metric, window, step, service))).of();
  }
}
