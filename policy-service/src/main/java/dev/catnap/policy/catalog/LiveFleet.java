package dev.catnap.policy.catalog;

import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Definitions and newest states of all services, kept up to date by several threads. The newest
 * change of a container wins, so it may be told the same twice and late.
 *
 * <p>A dependent counts as awake when it is running, waking, falling asleep, or was heard of and is
 * unknown now; one that is defined and was never heard of has nothing that runs.
 */
public final class LiveFleet implements Fleet {
  private static final Set<RunState> AWAKE =
      Set.of(RunState.RUNNING, RunState.WAKING, RunState.FALLING_ASLEEP, RunState.UNKNOWN);

  private final Map<String, ServiceDefinition> definitions = new ConcurrentHashMap<>();
  private final Map<String, Map<String, StateChange>> changes = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<String, Set<String>> dependents = Map.of();

  /** Called after each change, by the thread that brought it. */
  public void addListener(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * @param definition null: removed
   */
  public synchronized void define(String name, @Nullable ServiceDefinition definition) {
    ServiceDefinition former =
        definition == null ? definitions.remove(name) : definitions.put(name, definition);
    List<String> before = former == null ? List.of() : former.dependsOn();
    List<String> after = definition == null ? List.of() : definition.dependsOn();
    if (!before.equals(after)) {
      dependents = invert(definitions.values());
    }
    listeners.forEach(Runnable::run);
  }

  private static Map<String, Set<String>> invert(Collection<ServiceDefinition> definitions) {
    Map<String, Set<String>> inverted = new ConcurrentHashMap<>();
    for (ServiceDefinition definition : definitions) {
      for (String needed : definition.dependsOn()) {
        inverted.computeIfAbsent(needed, _ -> new TreeSet<>()).add(definition.name());
      }
    }
    return inverted;
  }

  public synchronized void change(StateChange change) {
    if (change.endsHistory()) {
      forget(change.service(), change.container(), change.at());
      return;
    }
    changes
        .computeIfAbsent(change.service(), _ -> new ConcurrentHashMap<>())
        .merge(change.container(), change, LiveFleet::newer);
    listeners.forEach(Runnable::run);
  }

  /**
   * The container is gone for good.
   *
   * @param asOf what changed after that is another container of the same name
   */
  public void forget(String service, String container, Instant asOf) {
    Map<String, StateChange> known = changes.get(service);
    StateChange last = known == null ? null : known.get(container);
    if (known != null && last != null && !last.at().isAfter(asOf)) {
      known.remove(container, last);
      listeners.forEach(Runnable::run);
    }
  }

  /** The container is gone for good. */
  public void forget(String service, String container) {
    Map<String, StateChange> known = changes.get(service);
    if (known != null) {
      known.remove(container);
    }
  }

  private static StateChange newer(StateChange a, StateChange b) {
    int byTime = a.at().compareTo(b.at());
    boolean first = byTime == 0 ? a.id().compareTo(b.id()) >= 0 : byTime > 0;
    return first ? a : b;
  }

  public @Nullable ServiceDefinition definition(String name) {
    return definitions.get(name);
  }

  /** All definitions, in the order of their names. */
  public List<ServiceDefinition> definitions() {
    return definitions.values().stream()
        .sorted(Comparator.comparing(ServiceDefinition::name))
        .toList();
  }

  /** All names that are defined or were heard of, sorted. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>(definitions.keySet());
    changes.keySet().stream().filter(this::isSomewhere).forEach(names::add);
    return names;
  }

  /** The newest change of each of its containers. */
  public Collection<StateChange> changes(String service) {
    return changes.getOrDefault(service, Map.of()).values();
  }

  public RunState state(String service) {
    return RunState.ofService(changes(service).stream().map(StateChange::to).toList());
  }

  public boolean isKnown(String service) {
    return definitions.containsKey(service) || isSomewhere(service);
  }

  private boolean isSomewhere(String service) {
    return changes(service).stream().anyMatch(change -> change.to() != RunState.UNKNOWN);
  }

  @Override
  public List<String> awakeDependents(String service) {
    return dependents.getOrDefault(service, Set.of()).stream()
        .filter(name -> !changes(name).isEmpty() && AWAKE.contains(state(name)))
        .toList();
  }

  @Override
  public List<String> dependenciesToWake(String service) {
    return Dependencies.transitive(service, this::directlyNeeded).stream()
        .filter(name -> isKnown(name) && state(name) != RunState.RUNNING)
        .toList();
  }

  private List<String> directlyNeeded(String service) {
    ServiceDefinition definition = definitions.get(service);
    return definition == null ? List.of() : definition.dependsOn();
  }
}
