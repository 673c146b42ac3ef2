package dev.catnap.policy.idleness;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.Hold;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How an event changes what is known.
 *
 * <p>Uses, changes and samples may come twice, late and in any order: the newest by their own time
 * wins, so the result depends on the set of them alone. Definitions are taken in the order of the
 * log.
 */
public final class Evolution {
  private static final String UNNAMED_SOURCE = "";
  private static final Duration AHEAD_AT_MOST = Duration.ofSeconds(2);

  private Evolution() {}

  public static ServiceFacts evolve(ServiceFacts facts, PolicyEvent event) {
    return switch (event) {
      case PolicyEvent.Used(Activity activity, Instant now) -> used(facts, activity, now);
      case PolicyEvent.Changed(StateChange change, _) -> changed(facts, change);
      case PolicyEvent.Measured(ResourceSample sample, _) -> measured(facts, sample);
      case PolicyEvent.Defined(ServiceDefinition definition, Instant now) ->
          defined(facts, definition, now);
      case PolicyEvent.Gone(String container, Instant asOf, _) -> gone(facts, container, asOf);
      case PolicyEvent.Ticked _ -> facts;
      case PolicyEvent.Commanded commanded ->
          with(facts).commanded(commanded.issued(), commanded.decision());
    };
  }

  /**
   * A time further in the future than clocks may differ counts as now: a wrong clock must not keep
   * a service awake for ever.
   */
  public static Instant timeOf(Activity activity, Instant now) {
    return activity.at().isAfter(now.plus(AHEAD_AT_MOST)) ? now : activity.at();
  }

  private static ServiceFacts used(ServiceFacts facts, Activity activity, Instant now) {
    Instant at = timeOf(activity, now);
    FactsCopy next = with(facts);
    if (isNewer(at, facts.lastActivity())) {
      next.lastActivity = at;
    }
    if (activity.kind() != ActivityKind.HEARTBEAT && isNewerDemand(at, activity.id(), facts)) {
      next.lastDemand = at;
      next.demandId = activity.id();
    }
    if (activity.kind() == ActivityKind.CONNECTION) {
      next.tunnels = facts.tunnels().opened(at);
    }
    if (activity.inFlight() != null) {
      next.inFlight = reported(facts.inFlight(), activity.source(), activity.inFlight(), at);
    }
    return next.build();
  }

  private static boolean isNewer(Instant at, @Nullable Instant known) {
    return known == null || at.isAfter(known);
  }

  /** Between two of the same time the id decides, so that any order ends alike. */
  private static boolean isNewerDemand(Instant at, @Nullable String id, ServiceFacts facts) {
    if (!at.equals(facts.lastDemand())) {
      return isNewer(at, facts.lastDemand());
    }
    return id != null && (facts.demandId() == null || id.compareTo(facts.demandId()) > 0);
  }

  private static Map<String, InFlightReport> reported(
      Map<String, InFlightReport> known, @Nullable String source, int count, Instant at) {
    String name = source == null ? UNNAMED_SOURCE : source;
    InFlightReport report = new InFlightReport(at, count);
    if (!report.isNewerThan(known.get(name))) {
      return known;
    }
    Map<String, InFlightReport> next = new HashMap<>(known);
    next.put(name, report);
    if (next.size() > ServiceFacts.MOST_SOURCES) {
      next.entrySet().stream()
          .min(
              Comparator.comparing((Map.Entry<String, InFlightReport> e) -> e.getValue().at())
                  .thenComparing(Map.Entry::getKey))
          .ifPresent(oldest -> next.remove(oldest.getKey()));
    }
    return next;
  }

  private static ServiceFacts changed(ServiceFacts facts, StateChange change) {
    ContainerFact fact = ContainerFact.of(change);
    FactsCopy next = with(facts);
    next.tunnels = facts.tunnels().changed(change);
    if (!fact.isNewerThan(facts.containers().get(fact.container()))) {
      return next.build();
    }
    next.containers = plus(facts.containers(), fact.container(), fact);
    return next.build();
  }

  private static ServiceFacts gone(ServiceFacts facts, String container, Instant asOf) {
    ContainerFact known = facts.containers().get(container);
    if (known == null || known.at().isAfter(asOf)) {
      return facts;
    }
    FactsCopy next = with(facts);
    next.containers = without(facts.containers(), container);
    next.usage = without(facts.usage(), container);
    return next.build();
  }

  private static <V> Map<String, V> without(Map<String, V> map, String key) {
    Map<String, V> next = new HashMap<>(map);
    next.remove(key);
    return next;
  }

  private static ServiceFacts measured(ServiceFacts facts, ResourceSample sample) {
    if (sample.tellsStorageOnly()) {
      return facts;
    }
    UsageFact usage = UsageFact.of(sample);
    FactsCopy next = with(facts);
    next.tunnels = facts.tunnels().measured(sample);
    if (!usage.isNewerThan(facts.usage().get(sample.container()))) {
      return next.build();
    }
    next.usage = plus(facts.usage(), sample.container(), usage);
    return next.build();
  }

  private static ServiceFacts defined(
      ServiceFacts facts, @Nullable ServiceDefinition definition, Instant now) {
    FactsCopy next = with(facts);
    next.definition = definition;
    Hold hold = definition == null ? null : definition.hold();
    if (!Objects.equals(hold, facts.hold())) {
      next.holdSince = hold == null ? null : now;
    }
    return next.build();
  }

  private static <V> Map<String, V> plus(Map<String, V> map, String key, V value) {
    Map<String, V> next = new HashMap<>(map);
    next.put(key, value);
    return next;
  }

  private static FactsCopy with(ServiceFacts facts) {
    return new FactsCopy(facts);
  }
}
