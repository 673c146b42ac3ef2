package dev.catnap.actuator.discovery;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.transition.ServiceContainers;
import dev.catnap.events.ServiceDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What containers there are and what services are defined, and so which of them are ours. */
public final class Inventory implements ServiceContainers {
  private static final Comparator<ContainerSnapshot> OLDEST_FIRST =
      Comparator.comparing((ContainerSnapshot container) ->
              container.createdAt() == null ? Instant.EPOCH : container.createdAt())
          .thenComparing(ContainerSnapshot::name);

  private final Ownership ownership;
  private final boolean takesUnassigned;
  private final Predicate<ServiceDefinition> canCreate;
  private final Map<String, ContainerSnapshot> containers = new ConcurrentHashMap<>();
  private final Map<String, ServiceDefinition> definitions = new ConcurrentHashMap<>();
  private volatile String host = "";

  /**
   * @param takesUnassigned whether services that name no host are created here
   * @param canCreate whether the engine can make the container of a definition
   */
  public Inventory(
      Ownership ownership, boolean takesUnassigned, Predicate<ServiceDefinition> canCreate) {
    this.ownership = ownership;
    this.takesUnassigned = takesUnassigned;
    this.canCreate = canCreate;
  }

  public void atHost(String name) {
    this.host = name;
  }

  public void replaceAll(Collection<ContainerSnapshot> listed) {
    Set<String> names = new LinkedHashSet<>();
    listed.forEach(container -> {
      names.add(container.name());
      containers.put(container.name(), container);
    });
    containers.keySet().retainAll(names);
  }

  public void add(ContainerSnapshot container) {
    containers.put(container.name(), container);
  }

  public void remove(String containerName) {
    containers.remove(containerName);
  }

  /**
   * @param definition null: it was removed
   */
  public void define(String service, @Nullable ServiceDefinition definition) {
    if (definition == null) {
      definitions.remove(service);
    } else {
      definitions.put(service, definition);
    }
  }

  public @Nullable ServiceDefinition definition(String service) {
    return definitions.get(service);
  }

  /** Services defined for this host whose container the engine could make. */
  public List<ServiceDefinition> creatable() {
    return definitions.values().stream().filter(this::isForHere).filter(canCreate).toList();
  }

  public @Nullable ContainerSnapshot container(String name) {
    return containers.get(name);
  }

  /** All that is given to us, in order of service and age. */
  public List<ManagedContainer> managed() {
    List<ManagedContainer> managed = new ArrayList<>();
    for (ContainerSnapshot container : containers.values()) {
      String service = serviceOf(container);
      if (service != null) {
        managed.add(new ManagedContainer(service, container, ownership.isLabelled(container)));
      }
    }
    managed.sort(
        Comparator.comparing(ManagedContainer::service)
            .thenComparing(ManagedContainer::container, OLDEST_FIRST));
    return managed;
  }

  public @Nullable String serviceOf(ContainerSnapshot container) {
    return ownership.serviceOf(container, definedBy(container.name()));
  }

  private @Nullable String definedBy(String containerName) {
    return definitions.values().stream()
        .filter(definition -> definition.containerName().equals(containerName))
        .filter(this::isForHere)
        .map(ServiceDefinition::name)
        .sorted()
        .findFirst()
        .orElse(null);
  }

  private boolean isForHere(ServiceDefinition definition) {
    return definition.host() == null ? takesUnassigned : definition.host().equals(host);
  }

  @Override
  public Found find(String service) {
    ServiceDefinition definition = definitions.get(service);
    List<String> names =
        new ArrayList<>(
            containers.values().stream()
                .filter(container -> service.equals(serviceOf(container)))
                .sorted(OLDEST_FIRST)
                .map(ContainerSnapshot::name)
                .toList());
    if (definition == null) {
      return names.isEmpty()
          ? new Found.Stranger()
          : new Found.Here(ServiceDefinition.adopted(service, Instant.EPOCH), names);
    }
    boolean hasAny = !names.isEmpty();
    boolean isToBeMade = isForHere(definition) && canCreate.test(definition);
    if (!names.contains(definition.containerName()) && (!hasAny || isToBeMade)) {
      names.add(definition.containerName());
    }
    return isForHere(definition) || hasAny
        ? new Found.Here(definition, names)
        : new Found.Elsewhere();
  }

  @Override
  public boolean owns(String service, ContainerSnapshot container) {
    return service.equals(serviceOf(container));
  }
}
