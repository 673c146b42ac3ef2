package dev.catnap.policy.catalog.http;

import dev.catnap.events.Check;
import dev.catnap.events.Hold;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.Quantities;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.policy.catalog.kafka.Catalog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Keeps a service awake or asleep by hand for a while. Demand wakes what is held asleep. */
@Tag(name = "services")
@RestController
public class HoldEndpoint {
  private final Catalog catalog;
  private final InstantSource clock;

  public HoldEndpoint(Catalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /** A hold as it stands. */
  public record HoldAnswer(String service, String state, Instant until) {}

  @Operation(summary = "Holds a service awake (default) or asleep")
  @PutMapping("/services/{name}/hold")
  HoldAnswer hold(
      @PathVariable String name,
      @RequestParam("for") String length,
      @RequestParam(defaultValue = "awake") String state) {
    Duration duration = Quantities.duration("for", length);
    if (duration.isZero() || duration.isNegative()) {
      throw new InvalidFieldException("for", "must be longer than 0", length);
    }
    Hold hold = new Hold(mode(state), clock.instant().plus(duration));
    catalog.put(existing(name).withHold(hold));
    return new HoldAnswer(name, hold.mode().toString(), hold.until());
  }

  private static Hold.Mode mode(String state) {
    for (Hold.Mode mode : Hold.Mode.values()) {
      if (mode.toString().equalsIgnoreCase(state)) {
        return mode;
      }
    }
    throw new InvalidFieldException("state", "must be awake or asleep", state);
  }

  @Operation(summary = "Lifts the hold, if there is one")
  @DeleteMapping("/services/{name}/hold")
  ResponseEntity<Void> lift(@PathVariable String name) {
    ServiceDefinition definition = existing(name);
    if (definition.hold() != null) {
      catalog.put(definition.withHold(null));
    }
    return ResponseEntity.noContent().build();
  }

  private ServiceDefinition existing(String name) {
    ServiceDefinition definition = catalog.find(Check.serviceName("name", name));
    if (definition == null) {
      throw ProblemException.notFound("service", name);
    }
    return definition;
  }
}
