package dev.catnap.policy.idleness.http;

import dev.catnap.events.Check;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.policy.catalog.LiveFleet;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** How services are, and what will happen to them next, when and by which rule. */
@Tag(name = "services")
@RestController
public class StatusEndpoint {
  private final PeerStatus statuses;
  private final LiveFleet fleet;

  public StatusEndpoint(PeerStatus statuses, LiveFleet fleet) {
    this.statuses = statuses;
    this.fleet = fleet;
  }

  @Operation(summary = "All services that are defined or were heard of, by name")
  @GetMapping("/services/status")
  Page<ServiceStatus> all(PageQuery page) {
    Page<String> names = Page.of(fleet.names(), name -> name, page);
    Map<String, ServiceStatus> found = statuses.all(names.items());
    return names.map(name -> Objects.requireNonNull(found.get(name)));
  }

  @Operation(summary = "One service; reading it renews nothing")
  @GetMapping("/services/{name}/status")
  ServiceStatus one(
      @PathVariable String name,
      @Parameter(hidden = true) @RequestHeader(name = PeerStatus.ASKED_BY_PEER, required = false)
          @Nullable String askedByPeer) {
    if (!fleet.isKnown(Check.serviceName("name", name))) {
      throw ProblemException.notFound("service", name);
    }
    return askedByPeer == null ? statuses.status(name) : statuses.own(name);
  }
}
