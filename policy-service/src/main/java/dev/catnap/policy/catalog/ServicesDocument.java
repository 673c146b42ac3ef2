package dev.catnap.policy.catalog;

import dev.catnap.events.Check;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.ServiceDefinition.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a services file says. One bad service does not stop the others.
 *
 * @param problems one sentence each: service, field, rule and value
 */
public record ServicesDocument(List<ServiceDefinition> definitions, List<String> problems) {
  public ServicesDocument {
    definitions = List.copyOf(definitions);
    problems = List.copyOf(problems);
  }

  /**
   * @param document the parsed YAML; null for an empty file
   * @param writtenAt when the file was changed
   */
  public static ServicesDocument read(
      @Nullable Object document, Interpolation variables, Instant writtenAt) {
    if (document == null) {
      return new ServicesDocument(List.of(), List.of());
    }
    if (!(document instanceof Map<?, ?> map)
        || (map.get("services") != null && !(map.get("services") instanceof Map))) {
      return new ServicesDocument(
          List.of(), List.of("services must be an object of definitions by name"));
    }
    Map<String, ServiceDefinition> read = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    if (map.get("services") instanceof Map<?, ?> services) {
      services.forEach((key, fields) ->
          readOne(String.valueOf(key), fields, variables, writtenAt, read, problems));
    }
    return new ServicesDocument(checked(read, problems), problems);
  }

  private static void readOne(
      String name,
      @Nullable Object fields,
      Interpolation variables,
      Instant writtenAt,
      Map<String, ServiceDefinition> read,
      List<String> problems) {
    try {
      Check.serviceName("name", name);
      Object filled = variables.in("", fields);
      read.put(name, DefinitionReader.readWritten(name, filled, Source.FILE, writtenAt));
    } catch (InvalidFieldException e) {
      problems.add("service " + name + ": " + e.getMessage());
    }
  }

  private static List<ServiceDefinition> checked(
      Map<String, ServiceDefinition> read, List<String> problems) {
    List<ServiceDefinition> good = new ArrayList<>();
    for (ServiceDefinition definition : read.values()) {
      try {
        good.add(CatalogRules.check(definition, read::get));
      } catch (InvalidFieldException e) {
        problems.add("service " + definition.name() + ": " + e.getMessage());
      }
    }
    return good;
  }
}
