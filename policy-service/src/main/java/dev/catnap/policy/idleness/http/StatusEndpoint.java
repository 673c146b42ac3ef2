package dev.catnap.policy.idleness.http;

import dev.catnap.events.Check;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.policy.catalog.LiveFleet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** How services are, and what will happen to them next, when and by which rule. */
@Tag(name = "services")
@RestController
public class StatusEndpoint {
  private final StatusReader reader;
  private final LiveFleet fleet;
  private final InstantSource clock;

  public StatusEndpoint(StatusReader reader, LiveFleet fleet, InstantSource clock) {
    this.reader = reader;
    this.fleet = fleet;
    this.clock = clock;
  }

  @Operation(summary = "All services that are defined or were heard of, by name")
  @GetMapping("/services/status")
  Page<ServiceStatus> all(PageQuery page) {
    Instant now = clock.instant();
    return Page.of(fleet.names(), name -> name, page).map(name -> reader.status(name, now));
  }

  @Operation(summary = "One service; reading it renews nothing")
  @GetMapping("/services/{name}/status")
  ServiceStatus one(@PathVariable String name) {
    if (!fleet.isKnown(Check.serviceName("name", name))) {
      throw ProblemException.notFound("service", name);
    }
    return reader.status(name, clock.instant());
  }
}
