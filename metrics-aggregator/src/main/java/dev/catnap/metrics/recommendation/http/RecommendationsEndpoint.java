package dev.catnap.metrics.recommendation.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Quantities;
import dev.catnap.events.Resources;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.metrics.catalog.Selection;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.recommendation.Applied;
import dev.catnap.metrics.recommendation.Recommendation;
import dev.catnap.metrics.recommendation.jdbc.AppliedStore;
import dev.catnap.metrics.recommendation.jdbc.Recommender;
import dev.catnap.metrics.recommendation.kafka.Applier;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.table.Tabular;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /metrics/recommendations}. */
@RestController
@Tag(name = "metrics")
public final class RecommendationsEndpoint {
  private final Recommender recommender;
  private final Definitions definitions;
  private final Applier applier;
  private final AppliedStore store;
  private final Clock clock;

  public RecommendationsEndpoint(
      Recommender recommender,
      Definitions definitions,
      Applier applier,
      AppliedStore store,
      Clock clock) {
    this.recommender = recommender;
    this.definitions = definitions;
    this.applier = applier;
    this.store = store;
    this.clock = clock;
  }

  /**
   * @param at when they were made: the same, and so the same ETag, for a minute
   * @param leaks services of this page whose memory grows
   * @param retire services of this page that nobody used for 2, 7 or 30 days
   * @param savesMonthly of this page's items, those that grow included
   */
  public record Answer(
      Instant at,
      List<RecommendationView> items,
      List<String> leaks,
      List<String> retire,
      double savesMonthly,
      @Nullable String nextCursor)
      implements Tabular {
    @Override
    @JsonIgnore
    public List<RecommendationView> rows() {
      return items;
    }
  }

  /**
   * @param memory such as {@code 256MB}; absent: the target
   * @param cpu cores; absent: the target
   */
  public record Wish(@Nullable Object memory, @Nullable Object cpu) {}

  @GetMapping(
      value = "/metrics/recommendations",
      produces = {"application/json", "text/csv"})
  @Operation(
      summary = "What limits services should have, which leak, and which nobody uses",
      description =
          "Sizes are of eight days, time awake only: target 1.15 x P90, lower and upper bound by"
              + " confidence, raised after a kill for want of memory. Each service has a diagnosis:"
              + " issues with severity and advice. An answer is good for a minute.")
  public Answer recommendations(
      @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String group,
      @RequestParam(required = false) @Nullable String label,
      PageQuery page) {
    Instant now = clock.instant();
    Selection selection = new Selection(service, group, label);
    Collection<String> names = Asking.database(() -> services(selection, now));
    Page<String> part = Page.of(names, name -> name, page);
    Recommender.Recommended made =
        Asking.database(() -> recommender.recommend(part.items(), definitions::known, now));
    List<Recommendation> found = made.items();
    return new Answer(
        made.at(),
        found.stream().map(RecommendationView::of).toList(),
        found.stream().filter(one -> one.leak() != null).map(Recommendation::service).toList(),
        found.stream().filter(one -> one.disuse() != null).map(Recommendation::service).toList(),
        found.stream().mapToDouble(one -> one.worth().monthly()).sum(),
        part.nextCursor());
  }

  private Collection<String> services(Selection selection, Instant now) {
    if (selection.asksDefinitions()) {
      return selection.of(definitions.all().values());
    }
    Map<String, ServiceDefinition> defined = definitions.known();
    Collection<String> all = recommender.services(defined.keySet(), now);
    String only = selection.service();
    if (only == null) {
      return all;
    }
    return all.contains(only) ? List.of(only) : new TreeSet<>();
  }

  @PostMapping("/metrics/recommendations/{service}/apply")
  @ResponseStatus(HttpStatus.ACCEPTED)
  @Operation(
      summary = "Sets a service's limits to their targets, or to those given",
      description =
          "Publishes its definition; the actuator sets the limits without a restart. While it is"
              + " watched, a kill for want of memory, a failed or a slow wake undoes it.")
  public Applied apply(
      @PathVariable String service, @RequestBody(required = false) @Nullable Wish wish) {
    Check.serviceName("service", service);
    Long memory = memory(wish);
    Double cpu = cpu(wish);
    checkLimits(memory, cpu);
    Instant now = clock.instant();
    List<Recommendation> found =
        Asking.database(() -> recommender.recommend(List.of(service), definitions::known, now))
            .items();
    return Asking.database(
        () -> applier.apply(service, found.isEmpty() ? null : found.getFirst(), memory, cpu, now));
  }

  /** Refuses what no engine would take, by the names that it has here. */
  private static void checkLimits(@Nullable Long memory, @Nullable Double cpu) {
    try {
      Resources unused = Resources.UNLIMITED.limited(memory, cpu);
    } catch (InvalidFieldException e) {
      throw new InvalidFieldException(
          e.field().replaceFirst("^resources\\.", ""), e.rule(), e.value());
    }
  }

  private static @Nullable Long memory(@Nullable Wish wish) {
    return wish == null || wish.memory() == null
        ? null
        : Long.valueOf(Quantities.bytes("memory", wish.memory()));
  }

  private static @Nullable Double cpu(@Nullable Wish wish) {
    if (wish == null || wish.cpu() == null) {
      return null;
    }
    double cores = Quantities.cores("cpu", wish.cpu());
    if (!(cores > 0 && cores <= 1e6)) {
      throw new InvalidFieldException("cpu", "must be more than 0", wish.cpu());
    }
    return cores;
  }

  @GetMapping("/metrics/recommendations/applied")
  @Operation(summary = "What was applied, and what became of it")
  public Page<Applied> applied(
      @RequestParam(required = false) @Nullable String service, PageQuery page) {
    if (service != null) {
      Check.serviceName("service", service);
    }
    List<Applied> found =
        Asking.database(() -> store.page(service, page.after(), page.limit() + 1));
    return Page.ofOneMore(found, Applied::id, page);
  }
}
