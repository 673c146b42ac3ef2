package dev.catnap.policy.catalog.http;

import dev.catnap.events.DefinitionWriter;
import dev.catnap.events.ServiceDefinition;
import java.util.LinkedHashMap;
import java.util.Map;

/** A definition as {@code services.yml} has it, with its name first. */
final class DefinitionJson {
  private DefinitionJson() {}

  static Map<String, Object> of(ServiceDefinition definition) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", definition.name());
    json.putAll(DefinitionWriter.write(definition));
    return json;
  }
}
