package dev.catnap.kit.health;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** How this process is, and how the parts of the system are. */
@Tag(name = "health")
@RestController
public final class HealthController {
  private final HealthEndpoint health;
  private final SystemHealth system;

  HealthController(HealthEndpoint health, SystemHealth system) {
    this.health = health;
    this.system = system;
  }

  /** What Actuator's indicators say, a part each. */
  public record ProcessHealth(String status, Map<String, Map<String, Object>> parts) {}

  public record SystemReport(SystemPart.Condition status, List<SystemHealth.PartHealth> parts) {}

  @Operation(summary = "This process: 200 when up, 503 when not")
  @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<ProcessHealth> health() {
    HealthDescriptor all = health.health();
    Map<String, Map<String, Object>> parts = new TreeMap<>();
    if (all instanceof CompositeHealthDescriptor composite
        && composite.getComponents() instanceof Map<String, HealthDescriptor> found) {
      found.forEach((name, part) -> parts.put(name, describe(part)));
    }
    boolean up = all.getStatus().equals(Status.UP) || all.getStatus().equals(Status.UNKNOWN);
    return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(new ProcessHealth(all.getStatus().getCode(), parts));
  }

  private static Map<String, Object> describe(HealthDescriptor part) {
    Map<String, Object> description = new TreeMap<>();
    if (part instanceof IndicatedHealthDescriptor indicated && indicated.getDetails() != null) {
      description.putAll(indicated.getDetails());
    }
    description.put("status", part.getStatus().getCode());
    return description;
  }

  @Operation(
      summary = "Every part, the broker, the database, the engine: 503 when one of them is down")
  @GetMapping(path = "/system/health", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<SystemReport> system() {
    List<SystemHealth.PartHealth> parts = system.ask();
    SystemPart.Condition worst =
        parts.stream()
            .map(SystemHealth.PartHealth::status)
            .max(Enum::compareTo)
            .orElse(SystemPart.Condition.UP);
    return ResponseEntity.status(
            worst == SystemPart.Condition.DOWN ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK)
        .body(new SystemReport(worst, parts));
  }
}
