package dev.catnap.policy.idleness;

import dev.catnap.events.ServiceDefinition;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The next facts in the making: the former ones, of which some are replaced. */
final class FactsCopy {
  private final String service;
  @Nullable ServiceDefinition definition;
  @Nullable Instant holdSince;
  Map<String, ContainerFact> containers;
  @Nullable Instant lastActivity;
  @Nullable Instant lastDemand;
  @Nullable String demandId;
  Map<String, InFlightReport> inFlight;
  Map<String, UsageFact> usage;
  TunnelFacts tunnels;
  private @Nullable Issued issued;
  private @Nullable LastDecision lastDecision;

  FactsCopy(ServiceFacts facts) {
    service = facts.service();
    definition = facts.definition();
    holdSince = facts.holdSince();
    containers = facts.containers();
    lastActivity = facts.lastActivity();
    lastDemand = facts.lastDemand();
    demandId = facts.demandId();
    inFlight = facts.inFlight();
    usage = facts.usage();
    tunnels = facts.tunnels();
    issued = facts.issued();
    lastDecision = facts.lastDecision();
  }

  ServiceFacts commanded(Issued newIssued, LastDecision decision) {
    issued = newIssued;
    lastDecision = decision;
    return build();
  }

  ServiceFacts build() {
    return new ServiceFacts(
        service,
        definition,
        holdSince,
        containers,
        lastActivity,
        lastDemand,
        demandId,
        inFlight,
        usage,
        tunnels,
        issued,
        lastDecision);
  }
}
