package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.StateChange;
import dev.catnap.policy.catalog.LiveFleet;
import dev.catnap.policy.idleness.ContainerFact;
import dev.catnap.policy.idleness.ServiceFacts;
import java.time.Instant;

/**
 * Tells the fleet of state changes that pass here, so that those which were published by hand, and
 * are not on {@code catnap.states}, count as well.
 */
public final class FleetFeed {
  private final LiveFleet fleet;

  public FleetFeed(LiveFleet fleet) {
    this.fleet = fleet;
  }

  void changed(StateChange change) {
    fleet.change(change);
  }

  /**
   * The news of a container's end may have been read before the changes that led to it: then the
   * changes brought it back.
   */
  void gone(String service, String container, Instant asOf) {
    fleet.forget(service, container, asOf);
  }

  void restored(ServiceFacts facts) {
    facts.containers().values().forEach(fact -> fleet.change(change(facts.service(), fact)));
  }

  private static StateChange change(String service, ContainerFact fact) {
    return new StateChange(
        fact.changeId(),
        service,
        fact.container(),
        fact.host(),
        fact.from(),
        fact.state(),
        fact.at(),
        fact.reason(),
        fact.commandId(),
        null,
        null,
        null,
        fact.failure(),
        null,
        null,
        null);
  }
}
