package dev.catnap.metrics.usage.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.catnap.events.RunState;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.metrics.catalog.Selection;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.history.jdbc.StateTimesQuery;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.table.Tabular;
import dev.catnap.metrics.usage.ServiceUsage;
import dev.catnap.metrics.usage.Usage;
import dev.catnap.metrics.usage.jdbc.UsageQuery;
import dev.catnap.metrics.window.Durations;
import dev.catnap.metrics.window.TimeWindow;
import dev.catnap.metrics.window.http.Windows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /metrics/resources}. */
@RestController
@Tag(name = "metrics")
public final class ResourcesEndpoint {
  private final UsageQuery usage;
  private final StateTimesQuery states;
  private final Definitions definitions;
  private final Clock clock;

  public ResourcesEndpoint(
      UsageQuery usage, StateTimesQuery states, Definitions definitions, Clock clock) {
    this.usage = usage;
    this.states = states;
    this.definitions = definitions;
    this.clock = clock;
  }

  public record Answer(
      String window,
      Instant from,
      Instant to,
      List<ServiceUsage> items,
      @Nullable String nextCursor,
      ServiceUsage total)
      implements Tabular {
    @Override
    @JsonIgnore
    public List<ServiceUsage> rows() {
      return items;
    }
  }

  @GetMapping(
      value = "/metrics/resources",
      produces = {"application/json", "text/csv"})
  @Operation(
      summary = "CPU, memory, network and block I/O per service and in total",
      description =
          "Means are over the time sampled. What was not measured is absent, never zero."
              + " Windows up to 48 h are exact to the minute, longer ones to the hour. The maximum is"
              + " that of a minute, up to 62 days of an hour, else of a day, summed over containers.")
  public Answer resources(
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
    UsageQuery.Found found = Asking.database(() -> usage.usage(asked, services));
    Map<String, Map<String, RunState>> known =
        Asking.database(() -> states.statesAt(asked.to(), services));
    List<ServiceUsage> items = perService(found, known);
    Page<ServiceUsage> part = Page.of(items, item -> String.valueOf(item.service()), page);
    return new Answer(
        Durations.written(asked.length()),
        asked.from(),
        asked.to(),
        part.items(),
        part.nextCursor(),
        ServiceUsage.of(
            null,
            items.stream().mapToInt(ServiceUsage::containers).sum(),
            null,
            found.usages(),
            found.peaks().getOrDefault(UsageQuery.ALL, Usage.Peak.NONE)));
  }

  private static List<ServiceUsage> perService(
      UsageQuery.Found found, Map<String, Map<String, RunState>> known) {
    Map<String, List<Usage>> byService =
        found.usages().stream().collect(Collectors.groupingBy(Usage::service));
    Set<String> names = new TreeSet<>(byService.keySet());
    names.addAll(known.keySet());
    List<ServiceUsage> items = new ArrayList<>();
    for (String name : names) {
      List<Usage> sampled = byService.getOrDefault(name, List.of());
      Map<String, RunState> containers = known.getOrDefault(name, Map.of());
      Set<String> all = new HashSet<>(containers.keySet());
      sampled.forEach(one -> all.add(one.container()));
      items.add(
          ServiceUsage.of(
              name,
              all.size(),
              RunState.ofService(containers.values()),
              sampled,
              found.peaks().getOrDefault(name, Usage.Peak.NONE)));
    }
    return items;
  }
}
