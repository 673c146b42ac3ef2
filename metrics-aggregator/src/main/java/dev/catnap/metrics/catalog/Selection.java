package dev.catnap.metrics.catalog;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which services are asked for.
 *
 * @param service its name; null: any
 * @param group those of this group; null: any
 * @param label {@code key=value}: those with this label; null: any
 */
public record Selection(@Nullable String service, @Nullable String group, @Nullable String label) {
  /** What those without group, or without the label, are filed under. */
  public static final String NONE = "(none)";

  private static final String LABEL_PREFIX = "label:";

  public Selection {
    if (service != null) {
      Check.serviceName("service", service);
    }
    if (group != null && group.isBlank()) {
      throw new InvalidFieldException("group", "must not be blank", group);
    }
    if (label != null && label.indexOf('=') < 1) {
      throw new InvalidFieldException("label", "must be key=value", label);
    }
  }

  /** Whether only a definition tells which services these are. */
  public boolean asksDefinitions() {
    return group != null || label != null;
  }

  private boolean includes(ServiceDefinition definition) {
    return (service == null || definition.name().equals(service))
        && (group == null || group.equals(definition.group()))
        && (label == null || hasLabel(definition, label));
  }

  private static boolean hasLabel(ServiceDefinition definition, String label) {
    int equals = label.indexOf('=');
    return label.substring(equals + 1).equals(definition.labels().get(label.substring(0, equals)));
  }

  /** The names of those defined that are asked for. */
  public SortedSet<String> of(Collection<ServiceDefinition> definitions) {
    SortedSet<String> names = new TreeSet<>();
    definitions.stream().filter(this::includes).forEach(one -> names.add(one.name()));
    return names;
  }

  /**
   * What to sum by: {@code service}, {@code group} or {@code label:KEY}.
   *
   * @throws InvalidFieldException when it is none of these
   */
  public static Function<ServiceDefinition, String> by(String by) {
    if (by.equals("service")) {
      return ServiceDefinition::name;
    }
    if (by.equals("group")) {
      return definition -> orNone(definition.group());
    }
    if (by.startsWith(LABEL_PREFIX) && by.length() > LABEL_PREFIX.length()) {
      String key = by.substring(LABEL_PREFIX.length());
      return definition -> orNone(definition.labels().get(key));
    }
    throw new InvalidFieldException("by", "must be service, group or label:KEY", by);
  }

  private static String orNone(@Nullable String value) {
    return value == null || value.isEmpty() ? NONE : value;
  }

  /** The names of services, by what they are summed by. */
  public SortedMap<String, SortedSet<String>> grouped(
      Map<String, ServiceDefinition> definitions, Function<ServiceDefinition, String> by) {
    SortedMap<String, SortedSet<String>> groups = new TreeMap<>();
    definitions.values().stream()
        .filter(this::includes)
        .forEach(definition ->
            groups
                .computeIfAbsent(by.apply(definition), none -> new TreeSet<>())
                .add(definition.name()));
    return groups;
  }
}
