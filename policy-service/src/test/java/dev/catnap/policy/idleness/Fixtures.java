package dev.catnap.policy.idleness;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.ContainerSpec;
import dev.catnap.events.Hold;
import dev.catnap.events.NotWaking;
import dev.catnap.events.Priority;
import dev.catnap.events.Readiness;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.Resources;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.SleepPolicy;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of the domain in few words. Idle timeout 60 s, least time 10 s, where not said. */
public final class Fixtures {
  public static final Instant T0 = Instant.parse("2026-03-04T12:00:00Z");

  private Fixtures() {}

  /** That many seconds after the beginning. */
  public static Instant at(double seconds) {
    return T0.plusMillis(Math.round(seconds * 1000));
  }

  public static ServiceDefinition defined(String name, String... dependsOn) {
    return defined(name, policy(null), dependsOn);
  }

  public static SleepPolicy policy(Duration stopAfter, String... schedule) {
    return new SleepPolicy(
        true,
        Duration.ofSeconds(60),
        Duration.ofSeconds(10),
        null,
        Priority.NORMAL,
        0.1,
        stopAfter,
        List.of(schedule));
  }

  public static ServiceDefinition defined(String name, SleepPolicy policy, String... dependsOn) {
    return definition(name, policy, ContainerSpec.ADOPTED, dependsOn);
  }

  /** Defined with an image, so that it is created when it is first needed. */
  public static ServiceDefinition creatable(String name) {
    return definition(name, policy(null), made("busybox", List.of()));
  }

  /** Defined with a command and no image: a local process. */
  public static ServiceDefinition process(String name) {
    return definition(name, policy(null), made(null, List.of("sleep", "60")));
  }

  private static ContainerSpec made(String image, List<String> command) {
    return new ContainerSpec(
        image,
        command,
        Map.of(),
        Map.of(),
        Resources.UNLIMITED,
        null,
        false,
        List.of(),
        null,
        List.of(),
        List.of());
  }

  private static ServiceDefinition definition(
      String name, SleepPolicy policy, ContainerSpec spec, String... dependsOn) {
    return new ServiceDefinition(
        name,
        name,
        null,
        null,
        spec,
        true,
        List.of(dependsOn),
        policy,
        Readiness.DEFAULT,
        List.of(),
        NotWaking.NONE,
        null,
        Map.of(),
        ServiceDefinition.Source.API,
        T0.minusSeconds(3600),
        null);
  }

  public static Hold held(Hold.Mode mode, Instant until) {
    return new Hold(mode, until);
  }

  public static StateChange change(String service, RunState to, Instant at) {
    return change(service, service, RunState.RUNNING, to, at, Reason.IDLE);
  }

  public static StateChange change(
      String service, String container, RunState from, RunState to, Instant at, Reason reason) {
    return new StateChange(
        "change-" + service + "-" + container + "-" + to + "-" + at.toEpochMilli(),
        service,
        container,
        "host-1",
        from,
        to,
        at,
        reason,
        null,
        null,
        null,
        null,
        to == RunState.FAILED ? "it broke" : null,
        null,
        null,
        null);
  }

  /** It died, and will be started again after a pause. */
  public static StateChange crashed(String service, Instant at) {
    return new StateChange(
        "crash-" + service + "-" + at.toEpochMilli(),
        service,
        service,
        "host-1",
        RunState.RUNNING,
        RunState.WAKING,
        at,
        Reason.EXTERNAL,
        null,
        null,
        null,
        null,
        "exited with 1",
        null,
        null,
        null);
  }

  public static Activity request(String service, Instant at) {
    return Activity.request(service, at);
  }

  public static Activity request(String service, Instant at, String id) {
    return new Activity(service, at, ActivityKind.REQUEST, 1, null, null, id);
  }

  public static Activity heartbeat(String service, Instant at) {
    return new Activity(service, at, ActivityKind.HEARTBEAT, 1, null, null, null);
  }

  public static Activity open(String service, Instant at, String source, int inFlight) {
    return new Activity(service, at, ActivityKind.CONNECTION, 1, inFlight, source, null);
  }

  /** A WebSocket or a stream of events that was asked for. */
  public static Activity tunnel(String service, Instant at) {
    return new Activity(service, at, ActivityKind.CONNECTION, 1, null, "gate", null);
  }

  /** Of a window of 5 s in which nothing else happened. */
  public static ResourceSample connected(String service, Instant at, Integer connections) {
    return new ResourceSample(
        service, service, "host-1", at, 5_000, 0, 1.0, 1, null, 1, 0, 0, 0, 0, connections, null);
  }

  public static ResourceSample sample(String service, Instant at, double cores, long bytes) {
    return new ResourceSample(
        service, service, "host-1", at, 10_000, cores, 1.0, 1, null, 1, bytes, 0, 0, 0);
  }
}
