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
  private final Ownership ownership;
  private final boolean takesUnassigned;
  private final Predicate<ServiceDefinition> canCreate;
  private final Map<String, ContainerSnapshot> containers = new ConcurrentHashMap<>();
  private final Map<String, ServiceDefinition> definitions = new ConcurrentHashMap<>();
  private volatile String host = "";

  /** Null: something changed since it was worked out. */
  private volatile @Nullable Assignments assignments;

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

  public synchronized void atHost(String name) {
    host = name;
    assignments = null;
  }

  public synchronized void replaceAll(Collection<ContainerSnapshot> listed) {
    Set<String> names = new LinkedHashSet<>();
    listed.forEach(container -> {
      names.add(container.name());
      containers.put(container.name(), container);
    });
    containers.keySet().retainAll(names);
    assignments = null;
  }

  public synchronized void add(ContainerSnapshot container) {
    containers.put(container.name(), container);
    assignments = null;
  }

  public synchronized void remove(String containerName) {
    containers.remove(containerName);
    assignments = null;
  }

  /**
   * @param definition null: it was removed
   */
  public synchronized void define(String service, @Nullable ServiceDefinition definition) {
    if (definition == null) {
      definitions.remove(service);
    } else {
      definitions.put(service, definition);
    }
    assignments = null;
  }

  public @Nullable ServiceDefinition definition(String service) {
    return definitions.get(service);
  }

  /** Services defined for this host whose container the engine could make. */
  public List<ServiceDefinition> creatable() {
    return definitions.values().stream().filter(this::isForHere).filter(canCreate).toList();
  }

  /** All definitions of such a source, for any host. */
  public List<ServiceDefinition> definedBy(ServiceDefinition.Source source) {
    return definitions.values().stream()
        .filter(definition -> definition.source() == source)
        .toList();
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
            .thenComparing(ManagedContainer::container, Assignments.OLDEST_FIRST));
    return managed;
  }

  public @Nullable String serviceOf(ContainerSnapshot container) {
    return assignments().serviceOf(container);
  }

  private Assignments assignments() {
    Assignments known = assignments;
    return known == null ? workOut() : known;
  }

  private synchronized Assignments workOut() {
    Assignments known = assignments;
    if (known == null) {
      known =
          new Assignments(
              ownership,
              containers.values(),
              definitions.values().stream().filter(this::isForHere).toList());
      assignments = known;
    }
    return known;
  }

  private boolean isForHere(ServiceDefinition definition) {
    return definition.host() == null ? takesUnassigned : definition.host().equals(host);
  }

  @Override
  public Found find(String service) {
    ServiceDefinition definition = definitions.get(service);
    List<String> names = new ArrayList<>(assignments().containersOf(service));
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
