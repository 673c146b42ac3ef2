package dev.catnap.policy.idleness.http;

import dev.catnap.events.Hold;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.SleepPolicy;
import dev.catnap.events.StateChange;
import dev.catnap.policy.catalog.LiveFleet;
import dev.catnap.policy.idleness.ContainerFact;
import dev.catnap.policy.idleness.Evolution;
import dev.catnap.policy.idleness.Forecast;
import dev.catnap.policy.idleness.LastDecision;
import dev.catnap.policy.idleness.LiveServices;
import dev.catnap.policy.idleness.PolicyEvent;
import dev.catnap.policy.idleness.ServiceFacts;
import dev.catnap.policy.idleness.ServiceState;
import dev.catnap.policy.idleness.Situations;
import dev.catnap.policy.idleness.Surroundings;
import dev.catnap.policy.idleness.http.ServiceStatus.ContainerStatus;
import dev.catnap.policy.idleness.http.ServiceStatus.Decided;
import dev.catnap.policy.idleness.http.ServiceStatus.HoldStatus;
import dev.catnap.policy.idleness.http.ServiceStatus.Next;
import dev.catnap.policy.idleness.http.ServiceStatus.PolicyStatus;
import dev.catnap.policy.rules.Limits;
import dev.catnap.policy.rules.Situation;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what the policy knows of a service and what the compacted topics say. Where the
 * partition of a service is not here, or not yet, it tells what the topics say.
 */
public final class StatusReader {
  private final LiveServices live;
  private final LiveFleet fleet;
  private final Limits limits;

  public StatusReader(LiveServices live, LiveFleet fleet, Limits limits) {
    this.live = live;
    this.fleet = fleet;
    this.limits = limits;
  }

  /** Everything the rules know of it at that time. */
  public Situation situation(String service, Instant now) {
    return Situations.at(now, facts(service, now), surroundings(service, now));
  }

  private Surroundings surroundings(String service, Instant now) {
    LiveServices.Live known = live.get(service);
    return new Surroundings(known == null ? now : known.observedSince(), fleet, limits);
  }

  private ServiceFacts facts(String service, Instant now) {
    LiveServices.Live known = live.get(service);
    ServiceFacts facts = known == null ? ServiceFacts.unheard(service) : known.facts();
    ServiceDefinition definition = fleet.definition(service);
    if (!Objects.equals(definition, facts.definition())) {
      facts = Evolution.evolve(facts, new PolicyEvent.Defined(definition, now));
    }
    for (StateChange change : fleet.changes(service)) {
      facts = Evolution.evolve(facts, new PolicyEvent.Changed(change, now));
    }
    return facts;
  }

  public ServiceStatus status(String service, Instant now) {
    ServiceFacts facts = facts(service, now);
    Surroundings around = surroundings(service, now);
    Situation situation = Situations.at(now, facts, around);
    LiveServices.Live known = live.get(service);
    ServiceDefinition definition = facts.definition();
    return new ServiceStatus(
        service,
        situation.state(),
        situation.stateSince(),
        facts.containers().values().stream()
            .sorted(Comparator.comparing(ContainerFact::container))
            .map(StatusReader::container)
            .toList(),
        facts.lastActivity(),
        known == null ? 0 : known.uses().perMinute(now),
        situation.load(),
        situation.networkBytesPerSecond(),
        situation.inFlight(),
        situation.tunnels().connections(),
        definition == null ? java.util.List.of() : definition.dependsOn(),
        policy(facts.policy()),
        hold(facts.hold(), now),
        next(Forecast.of(facts, now, around)),
        decided(facts.lastDecision()),
        definition == null ? null : definition.source().toString(),
        facts.state() instanceof ServiceState.Failed failed ? failed.failure() : null);
  }

  private static ContainerStatus container(ContainerFact fact) {
    return new ContainerStatus(
        fact.container(), fact.host(), fact.state(), fact.at(), fact.failure());
  }

  private static @Nullable PolicyStatus policy(@Nullable SleepPolicy policy) {
    if (policy == null) {
      return null;
    }
    Duration stopAfter = policy.stopAfter();
    return new PolicyStatus(
        policy.enabled(),
        seconds(policy.idleTimeout()),
        seconds(policy.minSleepTime()),
        policy.memoryReservation(),
        policy.priority().toString(),
        policy.maxLoad(),
        stopAfter == null ? null : seconds(stopAfter),
        policy.schedule());
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static @Nullable HoldStatus hold(@Nullable Hold hold, Instant now) {
    return hold == null || !hold.holdsAt(now)
        ? null
        : new HoldStatus(hold.mode().toString(), hold.until());
  }

  private static Next next(Forecast forecast) {
    return new Next(
        forecast.action() == null ? "NONE" : forecast.action().name(),
        forecast.at(),
        forecast.rule(),
        forecast.text(),
        forecast.numbers());
  }

  private static @Nullable Decided decided(@Nullable LastDecision decision) {
    return decision == null
        ? null
        : new Decided(
            decision.action(), decision.rule(), decision.text(), decision.numbers(), decision.at());
  }
}
