package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.DefinitionReader;
import dev.catnap.events.DefinitionWriter;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.json.Json;
import dev.catnap.policy.idleness.ContainerFact;
import dev.catnap.policy.idleness.InFlightReport;
import dev.catnap.policy.idleness.Issued;
import dev.catnap.policy.idleness.LastDecision;
import dev.catnap.policy.idleness.ServiceFacts;
import dev.catnap.policy.idleness.TunnelFacts;
import dev.catnap.policy.idleness.UsageFact;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Facts in the store and its changelog, as JSON with a version.
 *
 * <p>The version grows when an older reader would misunderstand a newer writer. What has another
 * version is read as unheard: unknown is awake, and the log tells the rest again.
 */
final class FactsSerde {
  private static final int VERSION = 1;

  private record Stored(
      int version,
      String service,
      @Nullable Object definition,
      @Nullable Instant holdSince,
      Map<String, ContainerFact> containers,
      @Nullable Instant lastActivity,
      @Nullable Instant lastDemand,
      @Nullable String demandId,
      Map<String, InFlightReport> inFlight,
      Map<String, UsageFact> usage,
      @Nullable TunnelFacts tunnels,
      @Nullable Issued issued,
      @Nullable LastDecision lastDecision) {}

  private FactsSerde() {}

  static Serde<ServiceFacts> create() {
    return Serdes.serdeFrom((topic, facts) -> write(facts), (topic, bytes) -> read(bytes));
  }

  static byte @Nullable [] write(@Nullable ServiceFacts facts) {
    if (facts == null) {
      return null;
    }
    ServiceDefinition definition = facts.definition();
    return Json.MAPPER.writeValueAsBytes(
        new Stored(
            VERSION,
            facts.service(),
            definition == null ? null : DefinitionWriter.write(definition),
            facts.holdSince(),
            facts.containers(),
            facts.lastActivity(),
            facts.lastDemand(),
            facts.demandId(),
            facts.inFlight(),
            facts.usage(),
            facts.tunnels(),
            facts.issued(),
            facts.lastDecision()));
  }

  static @Nullable ServiceFacts read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    Stored stored = Json.MAPPER.readValue(bytes, Stored.class);
    if (stored.version() != VERSION) {
      return ServiceFacts.unheard(stored.service());
    }
    return new ServiceFacts(
        stored.service(),
        stored.definition() == null
            ? null
            : DefinitionReader.readRecorded(stored.service(), stored.definition(), Instant.EPOCH),
        stored.holdSince(),
        orEmpty(stored.containers()),
        stored.lastActivity(),
        stored.lastDemand(),
        stored.demandId(),
        orEmpty(stored.inFlight()),
        orEmpty(stored.usage()),
        Objects.requireNonNullElse(stored.tunnels(), TunnelFacts.NONE),
        stored.issued(),
        stored.lastDecision());
  }

  private static <V> Map<String, V> orEmpty(@Nullable Map<String, V> map) {
    return Objects.requireNonNullElse(map, Map.of());
  }
}
