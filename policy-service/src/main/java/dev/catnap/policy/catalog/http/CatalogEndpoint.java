package dev.catnap.policy.catalog.http;

import dev.catnap.events.Check;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.ServiceDefinition.Source;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import dev.catnap.policy.catalog.CatalogRules;
import dev.catnap.policy.catalog.kafka.Catalog;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Definitions over HTTP, in the same shape and with the same keys as in {@code services.yml}, so
 * that what GET answers can be sent back by PUT. Fields are accepted in camelCase as well.
 */
@Tag(name = "services")
@RestController
public class CatalogEndpoint {
  /** Names that stand for something else below {@code /services}. */
  private static final Set<String> RESERVED = Set.of("status", "sleep-all", "wake-all");

  private final Catalog catalog;
  private final InstantSource clock;

  public CatalogEndpoint(Catalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  @Operation(summary = "Defines a service, or defines it anew; a hold that stands is kept")
  @PutMapping("/services/{name}")
  ResponseEntity<Map<String, Object>> define(
      @PathVariable String name, @RequestBody Map<String, Object> written) {
    Check.serviceName("name", name);
    if (RESERVED.contains(name)) {
      throw new InvalidFieldException("name", "must not be one of " + RESERVED, name);
    }
    Object said = written.get("name");
    if (said != null && !said.equals(name)) {
      throw new InvalidFieldException("name", "must be the name in the path, " + name, said);
    }
    ServiceDefinition current = catalog.find(name);
    ServiceDefinition definition =
        DefinitionReader.readWritten(name, written, Source.API, definedAt(current));
    if (definition.hold() == null && current != null) {
      definition = definition.withHold(current.hold());
    }
    catalog.put(CatalogRules.check(definition, catalog::find));
    return current == null
        ? ResponseEntity.created(URI.create("/services/" + name))
            .body(DefinitionJson.of(definition))
        : ResponseEntity.ok(DefinitionJson.of(definition));
  }

  /** The newest wins: so it is newer even than one from a file of the future. */
  private Instant definedAt(@Nullable ServiceDefinition current) {
    Instant now = clock.instant();
    return current == null || current.definedAt().isBefore(now)
        ? now
        : current.definedAt().plusMillis(1);
  }

  @Operation(summary = "Removes a definition; its container stays as it is")
  @DeleteMapping("/services/{name}")
  ResponseEntity<Void> remove(@PathVariable String name) {
    existing(name);
    catalog.remove(name);
    return ResponseEntity.noContent().build();
  }

  @Operation(summary = "One definition")
  @GetMapping("/services/{name}")
  Map<String, Object> definition(@PathVariable String name) {
    return DefinitionJson.of(existing(name));
  }

  @Operation(summary = "All definitions, by name")
  @GetMapping("/services")
  Page<Map<String, Object>> definitions(PageQuery page) {
    return Page.of(catalog.all(), ServiceDefinition::name, page).map(DefinitionJson::of);
  }

  private ServiceDefinition existing(String name) {
    ServiceDefinition definition = catalog.find(Check.serviceName("name", name));
    if (definition == null) {
      throw ProblemException.notFound("service", name);
    }
    return definition;
  }
}
