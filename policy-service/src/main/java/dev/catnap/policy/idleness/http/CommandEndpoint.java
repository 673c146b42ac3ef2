package dev.catnap.policy.idleness.http;

import dev.catnap.events.Action;
import dev.catnap.events.Check;
import dev.catnap.events.Hold;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Quantities;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.policy.catalog.LiveFleet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Sleep, wake and stop by hand. The operator's word goes before the rules, so a busy service may be
 * put to sleep; only a hold awake, which is the operator's word too, has to be lifted first.
 *
 * <p>Answers 202 with the command once the broker has it. With {@code wait}: 200 with the status
 * once it is reached, 502 with the reason when the service fails on the way, 504 when it takes
 * longer. What is there already answers at once.
 */
@Tag(name = "services")
@RestController
public class CommandEndpoint {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final ManualCommands commands;
  private final PeerStatus statuses;
  private final LiveFleet fleet;
  private final InstantSource clock;

  public CommandEndpoint(
      ManualCommands commands, PeerStatus statuses, LiveFleet fleet, InstantSource clock) {
    this.commands = commands;
    this.statuses = statuses;
    this.fleet = fleet;
    this.clock = clock;
  }

  @Operation(summary = "Puts a service to sleep")
  @PostMapping("/services/{name}/sleep")
  ResponseEntity<Object> sleep(
      @PathVariable String name, @RequestParam(required = false) @Nullable String wait)
      throws InterruptedException {
    return command(name, Action.SLEEP, wait);
  }

  @Operation(summary = "Wakes a service and what it needs")
  @PostMapping("/services/{name}/wake")
  ResponseEntity<Object> wake(
      @PathVariable String name, @RequestParam(required = false) @Nullable String wait)
      throws InterruptedException {
    return command(name, Action.WAKE, wait);
  }

  @Operation(summary = "Stops a service")
  @PostMapping("/services/{name}/stop")
  ResponseEntity<Object> stop(
      @PathVariable String name, @RequestParam(required = false) @Nullable String wait)
      throws InterruptedException {
    return command(name, Action.STOP, wait);
  }

  private ResponseEntity<Object> command(String name, Action action, @Nullable String wait)
      throws InterruptedException {
    Duration atMost = wait(wait);
    if (!fleet.isKnown(Check.serviceName("name", name))) {
      throw ProblemException.notFound("service", name);
    }
    Instant now = clock.instant();
    refuseAgainstHold(name, action, now);
    ManualCommands.Given given = commands.give(name, action, now);
    if (atMost == null) {
      return ResponseEntity.accepted()
          .location(URI.create("/services/" + name + "/status"))
          .body(given.command());
    }
    return switch (commands.await(given, atMost)) {
      case REACHED -> ResponseEntity.ok(statuses.status(name));
      case FAILED -> throw failed(name, action);
      case TOO_LATE -> throw tooLate(name, action, atMost);
    };
  }

  private static @Nullable Duration wait(@Nullable String wait) {
    if (wait == null) {
      return null;
    }
    Duration atMost = Quantities.duration("wait", wait);
    if (atMost.isNegative() || atMost.compareTo(LONGEST_WAIT) > 0) {
      throw new InvalidFieldException("wait", "must be between 0 and 5m", wait);
    }
    return atMost;
  }

  private void refuseAgainstHold(String name, Action action, Instant now) {
    ServiceDefinition definition = fleet.definition(name);
    Hold hold = definition == null ? null : definition.hold();
    if (hold != null
        && hold.mode() == Hold.Mode.AWAKE
        && hold.holdsAt(now)
        && action != Action.WAKE) {
      throw ProblemException.conflict(
          "held-awake",
          "Held awake",
          name
              + " is held awake until "
              + hold.until()
              + "; DELETE /services/"
              + name
              + "/hold lifts the hold.");
    }
  }

  private ProblemException failed(String name, Action action) {
    String failure = statuses.status(name).failure();
    return ProblemException.of(
        HttpStatus.BAD_GATEWAY,
        "command-failed",
        "The service failed",
        action + " of " + name + " failed: " + (failure == null ? "see its containers" : failure));
  }

  private ProblemException tooLate(String name, Action action, Duration atMost) {
    return ProblemException.of(
        HttpStatus.GATEWAY_TIMEOUT,
        "not-in-time",
        "Not in time",
        "%s of %s was commanded, but after %d ms it is %s; it may still come."
            .formatted(action, name, atMost.toMillis(), fleet.state(name)));
  }
}
