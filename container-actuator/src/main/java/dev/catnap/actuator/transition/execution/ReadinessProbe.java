package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.Health;
import dev.catnap.events.Readiness;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Waits until a container that was started answers.
 *
 * <p>Asked is, in this order: the definition's HTTP path or TCP port; the image's health check; the
 * definition's port or the lowest one that the image exposes, over TCP; and where no port is known,
 * whether it has run for 250 ms. Always at the container's own address: a published port is
 * accepted by the engine's proxy long before the service listens.
 */
final class ReadinessProbe {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 100;
  private static final Duration RUNS_LONG_ENOUGH = Duration.ofMillis(250);
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int DEFAULT_HTTP_PORT = 80;

  private final ContainerEngine engine;
  private final InstantSource clock;

  ReadinessProbe(ContainerEngine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
  }

  /**
   * @throws NotReadyException when it ended, or did not answer within the readiness timeout
   */
  void await(ServiceDefinition definition, String container) throws InterruptedException {
    Readiness readiness = definition.readiness();
    Instant began = clock.instant();
    Instant deadline = began.plus(readiness.timeout());
    ContainerSnapshot seen = look(container);
    Instant lookAgain = began.plus(LOOK_EVERY);
    long pause = FIRST_PAUSE_MILLIS;
    while (!isReady(definition, seen, began)) {
      Instant now = clock.instant();
      if (now.isAfter(deadline)) {
        throw new NotReadyException(
            "started, but " + describe(definition, seen) + " within " + readiness.timeout(), false);
      }
      Thread.sleep(pause);
      pause = Math.min(LONGEST_PAUSE_MILLIS, pause + Math.max(1, pause / 2));
      if (clock.instant().isAfter(lookAgain) || asksEngine(definition, seen)) {
        seen = look(container);
        lookAgain = clock.instant().plus(LOOK_EVERY);
      }
    }
  }

  private ContainerSnapshot look(String container) {
    ContainerSnapshot seen = engine.inspect(container);
    if (seen.isDown()) {
      String ending = seen.ending();
      throw new NotReadyException(
          "ended while it started: "
              + (ending == null ? "exit code " + seen.exitCode() : ending)
              + "; its log tells more",
          true);
    }
    return seen;
  }

  private boolean isReady(ServiceDefinition definition, ContainerSnapshot seen, Instant began) {
    Readiness readiness = definition.readiness();
    String address = seen.address();
    Integer port = port(definition, seen);
    if (readiness.httpPath() != null && address != null) {
      int httpPort = port == null ? DEFAULT_HTTP_PORT : port;
      return NetworkProbe.answers(address, httpPort, readiness.httpPath());
    }
    if (asksEngine(definition, seen)) {
      return seen.health() == Health.HEALTHY;
    }
    if (port != null && address != null) {
      return NetworkProbe.accepts(address, port);
    }
    return began.plus(RUNS_LONG_ENOUGH).isBefore(clock.instant());
  }

  private static @Nullable Integer port(ServiceDefinition definition, ContainerSnapshot seen) {
    Integer told = definition.readiness().tcpPort();
    if (told != null) {
      return told;
    }
    return definition.port() != null ? definition.port() : seen.exposedPort();
  }

  private static boolean asksEngine(ServiceDefinition definition, ContainerSnapshot seen) {
    return definition.readiness().httpPath() == null
        && definition.readiness().tcpPort() == null
        && seen.health() != Health.NONE;
  }

  private static String describe(ServiceDefinition definition, ContainerSnapshot seen) {
    if (definition.readiness().httpPath() != null) {
      return "GET " + definition.readiness().httpPath() + " did not answer below 500";
    }
    return asksEngine(definition, seen)
        ? "its health check did not become healthy"
        : "port " + port(definition, seen) + " did not accept";
  }
}
