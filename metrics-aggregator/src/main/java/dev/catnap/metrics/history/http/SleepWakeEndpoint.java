package dev.catnap.metrics.history.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.catnap.events.RunState;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.metrics.catalog.Selection;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.history.LatencySummary;
import dev.catnap.metrics.history.StateTimes;
import dev.catnap.metrics.history.WakeFigures;
import dev.catnap.metrics.history.jdbc.StateTimesQuery;
import dev.catnap.metrics.history.jdbc.WakeQuery;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.table.Tabular;
import dev.catnap.metrics.window.Durations;
import dev.catnap.metrics.window.TimeWindow;
import dev.catnap.metrics.window.http.Windows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /metrics/sleep-wake}. */
@RestController
@Tag(name = "metrics")
public final class SleepWakeEndpoint {
  private final StateTimesQuery times;
  private final WakeQuery wakes;
  private final Definitions definitions;
  private final Clock clock;

  public SleepWakeEndpoint(
      StateTimesQuery times, WakeQuery wakes, Definitions definitions, Clock clock) {
    this.times = times;
    this.wakes = wakes;
    this.definitions = definitions;
    this.clock = clock;
  }

  /**
   * @param service null in the total
   * @param containers seen in the window
   * @param sleepShare of the time observed, asleep; null where nothing was observed
   * @param restShare of the time observed, asleep or stopped
   */
  public record Item(
      @Nullable String service,
      long containers,
      long sleeps,
      long wakes,
      long failedWakes,
      long stops,
      double secondsObserved,
      double secondsRunning,
      double secondsSleeping,
      double secondsStopped,
      double secondsInTransition,
      double secondsFailed,
      double secondsUnknown,
      @Nullable Double sleepShare,
      @Nullable Double restShare,
      Map<String, LatencySummary> wakeLatencyMillis) {}

  public record Answer(
      String window,
      Instant from,
      Instant to,
      List<Item> items,
      @Nullable String nextCursor,
      Item total)
      implements Tabular {
    @Override
    @JsonIgnore
    public List<Item> rows() {
      return items;
    }
  }

  @GetMapping(
      value = "/metrics/sleep-wake",
      produces = {"application/json", "text/csv"})
  @Operation(
      summary = "Sleeps, wakes, time in each state, and wake latency by the state woken from",
      description =
          "Counted by container: seconds are container seconds. wakeLatencyMillis has SLEEPING,"
              + " STOPPED and overall: from the record that asked to the service running.")
  public Answer sleepWake(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String group,
      @Parameter(description = "key=value", example = "team=web") @RequestParam(required = false)
          @Nullable String label,
      PageQuery page) {
    TimeWindow asked = Windows.of(window, from, to, clock.instant());
    Collection<String> services = definitions.asked(new Selection(service, group, label));
    Map<String, StateTimes> byService = Asking.database(() -> times.times(asked, services));
    Map<String, WakeFigures> figures = Asking.database(() -> wakes.wakes(asked, services));
    List<Item> items =
        byService.entrySet().stream()
            .map(entry ->
                item(
                    entry.getKey(),
                    entry.getValue(),
                    figures.getOrDefault(entry.getKey(), WakeFigures.NONE)))
            .toList();
    StateTimes sum = byService.values().stream().reduce(StateTimes.NONE, StateTimes::plus);
    Page<Item> part = Page.of(items, item -> String.valueOf(item.service()), page);
    return new Answer(
        Durations.written(asked.length()),
        asked.from(),
        asked.to(),
        part.items(),
        part.nextCursor(),
        item(null, sum, figures.getOrDefault(WakeQuery.ALL, WakeFigures.NONE)));
  }

  private static Item item(@Nullable String service, StateTimes times, WakeFigures wakes) {
    return new Item(
        service,
        times.containers(),
        times.sleeps(),
        wakes.wakes(),
        wakes.failed(),
        times.stops(),
        times.secondsObserved(),
        times.secondsRunning(),
        times.secondsSleeping(),
        times.secondsStopped(),
        times.secondsInTransition(),
        times.secondsFailed(),
        times.secondsUnknown(),
        share(times.secondsSleeping(), times),
        share(times.secondsSleeping() + times.secondsStopped(), times),
        latencies(wakes));
  }

  private static @Nullable Double share(double seconds, StateTimes times) {
    return times.secondsObserved() > 0 ? seconds / times.secondsObserved() : null;
  }

  private static Map<String, LatencySummary> latencies(WakeFigures wakes) {
    Map<RunState, LatencySummary> byOrigin = new EnumMap<>(RunState.class);
    byOrigin.put(RunState.SLEEPING, LatencySummary.NONE);
    byOrigin.put(RunState.STOPPED, LatencySummary.NONE);
    wakes
        .latencyByOrigin()
        .forEach((origin, latency) -> {
          if (latency.count() > 0) {
            byOrigin.put(origin, latency);
          }
        });
    Map<String, LatencySummary> latencies = new LinkedHashMap<>();
    byOrigin.forEach((origin, latency) -> latencies.put(origin.name(), latency));
    latencies.put("overall", wakes.latency());
    return latencies;
  }
}
