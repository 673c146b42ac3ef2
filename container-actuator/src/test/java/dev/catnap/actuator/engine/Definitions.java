package dev.catnap.actuator.engine;

import dev.catnap.events.DefinitionReader;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.ServiceDefinition.Source;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Definitions as a person would write them. */
public final class Definitions {
  private Definitions() {}

  public static ServiceDefinition of(String name, Map<String, Object> fields) {
    return DefinitionReader.readWritten(
        name, fields, Source.API, Instant.parse("2026-10-01T00:00:00Z"));
  }

  public static ServiceDefinition of(String name, Object... keysAndValues) {
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      fields.put(keysAndValues[i].toString(), keysAndValues[i + 1]);
    }
    return of(name, fields);
  }
}
