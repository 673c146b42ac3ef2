package dev.catnap.policy.idleness;

import dev.catnap.events.Hold;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.SleepPolicy;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the log has told about one service; the fold of its events.
 *
 * @param definition null: not defined, or no longer
 * @param holdSince when the hold that stands was first heard of
 * @param containers by name
 * @param lastActivity newest use of any kind; null: never used
 * @param lastDemand newest use that may wake: all kinds but heartbeat
 * @param demandId id of that use, where it has one
 * @param inFlight newest report by source, at most {@link #MOST_SOURCES}
 * @param usage newest sample by container
 * @param tunnels what tells whether connections of long life are open
 * @param issued newest command of the policy
 * @param lastDecision why it was given
 */
public record ServiceFacts(
    String service,
    @Nullable ServiceDefinition definition,
    @Nullable Instant holdSince,
    Map<String, ContainerFact> containers,
    @Nullable Instant lastActivity,
    @Nullable Instant lastDemand,
    @Nullable String demandId,
    Map<String, InFlightReport> inFlight,
    Map<String, UsageFact> usage,
    TunnelFacts tunnels,
    @Nullable Issued issued,
    @Nullable LastDecision lastDecision) {
  /** Sources beyond these are forgotten, the longest silent first. */
  public static final int MOST_SOURCES = 64;

  public ServiceFacts {
    containers = Map.copyOf(containers);
    inFlight = Map.copyOf(inFlight);
    usage = Map.copyOf(usage);
  }

  /** Nothing but the name. */
  public static ServiceFacts unheard(String service) {
    return new ServiceFacts(
        service,
        null,
        null,
        Map.of(),
        null,
        null,
        null,
        Map.of(),
        Map.of(),
        TunnelFacts.NONE,
        null,
        null);
  }

  public ServiceState state() {
    return ServiceState.of(containers.values());
  }

  /** Neither defined nor anywhere to be seen: a name that means nothing here, or no longer. */
  public boolean isStranger() {
    return definition == null
        && containers.values().stream().allMatch(fact -> fact.state() == RunState.UNKNOWN);
  }

  public @Nullable SleepPolicy policy() {
    return definition == null ? null : definition.sleepPolicy();
  }

  public @Nullable Hold hold() {
    return definition == null ? null : definition.hold();
  }

  /** Whether it is held so at that time. */
  public boolean isHeld(Hold.Mode mode, Instant now) {
    Hold hold = hold();
    return hold != null && hold.mode() == mode && hold.holdsAt(now);
  }
}
