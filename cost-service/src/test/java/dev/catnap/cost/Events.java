package dev.catnap.cost;

import dev.catnap.events.DefinitionReader;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** Events as a test wants them, and as the bus carries them. */
public final class Events {
  private Events() {}

  public static StateChange change(
      String service, RunState from, RunState to, Instant at, Long residentBytes) {
    return new StateChange(
        service + "-" + at + "-" + to,
        service,
        service + "-1",
        "host-a",
        from,
        to,
        at,
        Reason.IDLE,
        null,
        null,
        null,
        residentBytes,
        null,
        null,
        null,
        null);
  }

  public static ResourceSample sample(
      String service, Instant at, long windowMillis, double cores, long bytes) {
    return new ResourceSample(
        service,
        service + "-1",
        "host-a",
        at,
        windowMillis,
        cores,
        0.5,
        bytes,
        1L << 29,
        1,
        0,
        0,
        0,
        0);
  }

  /** A quarter core and 256 MiB, and so many bytes received and sent. */
  public static ResourceSample moving(
      String service, Instant at, long windowMillis, long in, long out) {
    return new ResourceSample(
        service,
        service + "-1",
        "host-a",
        at,
        windowMillis,
        0.25,
        0.5,
        1L << 28,
        1L << 29,
        1,
        in,
        out,
        0,
        0);
  }

  /** Of a container that does not run. */
  public static ResourceSample stored(String service, Instant at, long bytes) {
    return ResourceSample.ofStorage(service, service + "-1", "host-a", at, bytes);
  }

  /** A definition that sets so much storage aside, and nothing else. */
  public static ServiceDefinition setAside(String service, Instant at, long storageBytes) {
    return DefinitionReader.readWritten(
        service,
        Map.of("resources", Map.of("storage", storageBytes)),
        ServiceDefinition.Source.API,
        at);
  }

  public static <V> String json(Topic<V> topic, V event) {
    return new String(topic.codec().write(event), StandardCharsets.UTF_8);
  }
}
