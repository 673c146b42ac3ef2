package dev.catnap.metrics.performance.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.catnap.metrics.catalog.Selection;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.metrics.fold.kafka.FoldLag;
import dev.catnap.metrics.history.LatencySummary;
import dev.catnap.metrics.history.StageSummary;
import dev.catnap.metrics.history.WakeFigures;
import dev.catnap.metrics.history.jdbc.WakeQuery;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.table.Tabular;
import dev.catnap.metrics.window.Durations;
import dev.catnap.metrics.window.TimeWindow;
import dev.catnap.metrics.window.http.Windows;
import io.micrometer.core.instrument.MeterRegistry;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /metrics/performance}. */
@RestController
@Tag(name = "metrics")
public final class PerformanceEndpoint {
  private static final long GOOD_FOR_NANOS = 1_000_000_000;

  private final WakeQuery wakes;
  private final Definitions definitions;
  private final FoldTransaction folds;
  private final FoldLag lag;
  private final MeterRegistry meters;
  private final Clock clock;
  private volatile @Nullable Known known;

  public PerformanceEndpoint(
      WakeQuery wakes,
      Definitions definitions,
      FoldTransaction folds,
      FoldLag lag,
      MeterRegistry meters,
      Clock clock) {
    this.wakes = wakes;
    this.definitions = definitions;
    this.folds = folds;
    this.lag = lag;
    this.meters = meters;
    this.clock = clock;
  }

  /**
   * @param share of wakes that did not fail; null where there were none
   */
  public record Availability(long wakes, long failedWakes, @Nullable Double share) {}

  public record Answer(
      String window,
      Instant from,
      Instant to,
      LatencySummary wakeLatencyMillis,
      Map<String, StageSummary> stagesMillis,
      GateOverhead gateOverheadMillis,
      Availability availability,
      EventLag eventLag)
      implements Tabular {
    /** One a stage, and the whole wake. */
    @Override
    @JsonIgnore
    public List<Row> rows() {
      List<Row> rows = new ArrayList<>();
      LatencySummary whole = wakeLatencyMillis;
      rows.add(new Row("wake", whole.count(), whole.mean(), whole.p50(), whole.p99()));
      stagesMillis.forEach(
          (stage, one) -> rows.add(new Row(stage, one.count(), one.mean(), one.p50(), one.p99())));
      return rows;
    }

    @Override
    @JsonIgnore
    public @Nullable String nextCursor() {
      return null;
    }
  }

  private record Known(EventLag lag, long askedAtNanos) {}

  /** A line of the table, in milliseconds. */
  public record Row(
      String stage,
      long count,
      @Nullable Double mean,
      @Nullable Double p50,
      @Nullable Double p99) {}

  @GetMapping(
      value = "/metrics/performance",
      produces = {"application/json", "text/csv"})
  @Operation(
      summary = "Wake latency by stage, gate overhead, availability, event lag",
      description =
          "Stages of a wake: decided (since the request was seen), received (by the actuator),"
              + " engine (had carried it out), ready (the service answered).")
  public Answer performance(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String group,
      @Parameter(description = "key=value", example = "team=web") @RequestParam(required = false)
          @Nullable String label) {
    Instant now = clock.instant();
    TimeWindow asked = Windows.of(window, from, to, now);
    Collection<String> services = definitions.asked(new Selection(service, group, label));
    WakeFigures figures = Asking.database(() -> wakes.together(asked, services));
    return new Answer(
        Durations.written(asked.length()),
        asked.from(),
        asked.to(),
        figures.latency(),
        Asking.database(() -> wakes.stages(asked, services)),
        GateOverhead.of(meters),
        availability(figures),
        lag(now));
  }

  /** Asks the broker once a second at most. */
  private EventLag lag(Instant now) {
    Known last = known;
    if (last != null && System.nanoTime() - last.askedAtNanos() < GOOD_FOR_NANOS) {
      return last.lag();
    }
    EventLag fresh = EventLag.of(lag, folds, now);
    known = new Known(fresh, System.nanoTime());
    return fresh;
  }

  private static Availability availability(WakeFigures figures) {
    long ended = figures.wakes() + figures.failed();
    return new Availability(
        figures.wakes(), figures.failed(), ended == 0 ? null : (double) figures.wakes() / ended);
  }
}
