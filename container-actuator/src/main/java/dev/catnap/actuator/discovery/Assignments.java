package dev.catnap.actuator.discovery;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.events.ServiceDefinition;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which container serves which service, worked out once for all containers and definitions of one
 * moment: every command asks, and with hundreds of services going through all of both each time
 * took a fifth of the processor time of a hundred wakes at once.
 */
final class Assignments {
  static final Comparator<ContainerSnapshot> OLDEST_FIRST =
      Comparator.comparing((ContainerSnapshot container) ->
              container.createdAt() == null ? Instant.EPOCH : container.createdAt())
          .thenComparing(ContainerSnapshot::name);

  private final Ownership ownership;
  private final Map<String, String> definedBy = new HashMap<>();
  private final Map<String, List<String>> containersOf;

  /**
   * @param definitions of this host
   */
  Assignments(
      Ownership ownership,
      Collection<ContainerSnapshot> containers,
      Collection<ServiceDefinition> definitions) {
    this.ownership = ownership;
    // Two that name one container: the first in order of name has it.
    definitions.forEach(definition ->
        definedBy.merge(
            definition.containerName(),
            definition.name(),
            (one, other) -> one.compareTo(other) <= 0 ? one : other));
    this.containersOf =
        containers.stream()
            .filter(container -> serviceOf(container) != null)
            .sorted(OLDEST_FIRST)
            .collect(
                Collectors.groupingBy(
                    container -> String.valueOf(serviceOf(container)),
                    Collectors.mapping(ContainerSnapshot::name, Collectors.toUnmodifiableList())));
  }

  /**
   * @param container as seen now; it need not be one of those of that moment
   * @return null when it is none of ours
   */
  @Nullable String serviceOf(ContainerSnapshot container) {
    return ownership.serviceOf(container, definedBy.get(container.name()));
  }

  /** The names of a service's containers, the oldest first. */
  List<String> containersOf(String service) {
    return containersOf.getOrDefault(service, List.of());
  }
}
