package dev.catnap.actuator.discovery;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.ServiceDefinition.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The definition that a container's labels hold.
 *
 * @param problems each label that could not be read, with the rule it breaks; the default stands in
 *     for it, and the other labels hold
 */
public record LabelledDefinition(ServiceDefinition definition, List<String> problems) {
  public LabelledDefinition {
    problems = List.copyOf(problems);
  }

  public static LabelledDefinition read(String service, ContainerSnapshot container, String host) {
    Instant definedAt = container.createdAt() == null ? Instant.EPOCH : container.createdAt();
    Map<String, Object> fields =
        new LinkedHashMap<>(DefinitionReader.fromLabels(container.labels()));
    fields.put("container_name", container.name());
    fields.put("host", host);
    List<String> problems = new ArrayList<>();
    while (true) {
      try {
        return new LabelledDefinition(
            DefinitionReader.readWritten(service, fields, Source.LABELS, definedAt), problems);
      } catch (InvalidFieldException e) {
        problems.add(String.valueOf(e.getMessage()));
        if (!drop(fields, e.field())) {
          return new LabelledDefinition(ServiceDefinition.adopted(service, definedAt), problems);
        }
      }
    }
  }

  /** Takes out the field that a message names, such as {@code sleep_policy.idle_timeout}. */
  private static boolean drop(Map<String, Object> fields, String path) {
    int dot = path.indexOf('.');
    String first = dot < 0 ? path : path.substring(0, dot);
    if (dot >= 0 && fields.get(first) instanceof Map<?, ?> level) {
      String rest = path.substring(dot + 1).replaceFirst("[.\\[].*", "");
      return level.keySet().removeIf(key -> sameField(key, rest));
    }
    return fields.keySet().removeIf(key -> sameField(key, first.replaceFirst("\\[.*", "")));
  }

  private static boolean sameField(Object key, String field) {
    return plain(key.toString()).equals(plain(field));
  }

  private static String plain(String name) {
    return name.replaceAll("[-_]", "").toLowerCase(Locale.ROOT);
  }
}
