package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.ManagedContainer;
import dev.catnap.actuator.discovery.Observation;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.execution.CommandExecutor;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lists everything, compares it with what was published, and tells the differences.
 *
 * <p>Each comparison goes through its service's lane, so it never meets a command half-way.
 */
final class Reconciler {
  private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

  private final ContainerEngine engine;
  private final Inventory inventory;
  private final StateJournal journal;
  private final CommandExecutor executor;
  private final InstantSource clock;
  private final LimitKeeper limits;
  private final Departures departures;
  private final LabelledServices labelled;

  /** Sleepers found by this run, each looked at once. */
  private final Set<String> lookedAfter = ConcurrentHashMap.newKeySet();

  Reconciler(
      ContainerEngine engine,
      Inventory inventory,
      StateJournal journal,
      CommandExecutor executor,
      LabelledServices labelled,
      InstantSource clock) {
    this.engine = engine;
    this.inventory = inventory;
    this.journal = journal;
    this.executor = executor;
    this.clock = clock;
    this.limits = new LimitKeeper(engine);
    this.labelled = labelled;
    this.departures = new Departures(engine, inventory, journal, clock);
  }

  void compareAll(String host) {
    Instant at = clock.instant();
    inventory.replaceAll(engine.list());
    List<ManagedContainer> managed = inventory.managed();
    labelled.announce(managed, host);
    Set<String> seen = new HashSet<>();
    for (ManagedContainer one : managed) {
      seen.add(one.service() + "/" + one.container().name());
      compare(one.service(), one.container(), at, host);
      keepLimits(one);
    }
    for (ServiceDefinition definition : inventory.creatable()) {
      if (seen.add(definition.name() + "/" + definition.containerName())) {
        compare(definition.name(), ContainerSnapshot.absent(definition.containerName()), at, host);
      }
    }
    journal.all().stream()
        .filter(change -> change.host().equals(host) && !seen.contains(change.containerKey()))
        .forEach(change ->
            executor.lanes().lane(change.service()).observe(() -> departures.gone(change)));
    labelled.withdraw(managed, at);
  }

  private void compare(String service, ContainerSnapshot container, Instant at, String host) {
    executor
        .lanes()
        .lane(service)
        .observe(() -> {
          StateChange last = journal.last(service, container.name());
          StateChange change = Observation.of(container, at, service, host, last);
          if (change == null) {
            lookAfter(last);
            return;
          }
          if (executor.unfinishedStops().mayEnd(container, last, at)) {
            return;
          }
          if (last == null) {
            tell(change, container, null);
          } else {
            lookAgain(change, last);
          }
        });
  }

  /**
   * Who came just before the run that paused it was killed still waits at the door of a sleeper.
   * One that somebody else paused is his.
   */
  private void lookAfter(@Nullable StateChange last) {
    if (last == null || !isOurSleep(last) || !lookedAfter.add(last.containerKey())) {
      return;
    }
    try {
      executor.lookAfter().lookOnce(last);
    } catch (EngineException e) {
      lookedAfter.remove(last.containerKey());
    }
  }

  private static boolean isOurSleep(StateChange last) {
    return last.to() == RunState.SLEEPING
        && (last.commandId() != null || last.from() == RunState.FALLING_ASLEEP);
  }

  /**
   * The list may have been made while a command was carried out; now that none is, the container
   * itself is asked.
   */
  private void lookAgain(StateChange difference, StateChange last) {
    Instant at = clock.instant();
    ContainerSnapshot is = inspect(difference.container());
    if (is == null) {
      return;
    }
    StateChange change = Observation.of(is, at, difference.service(), difference.host(), last);
    if (change != null && !executor.unfinishedStops().mayEnd(is, last, at)) {
      tell(change, is, last);
      lookAfter(change);
    }
  }

  private void tell(StateChange change, ContainerSnapshot is, @Nullable StateChange last) {
    if (!isStartedAgain(change.service(), is, last)) {
      journal.publish(change);
    }
  }

  private boolean isStartedAgain(
      String service, ContainerSnapshot container, @Nullable StateChange last) {
    return container.isDown()
        && (executor.recovery().isPending(service, container.name())
            || (container.exists() && executor.recovery().resume(last)));
  }

  private void keepLimits(ManagedContainer one) {
    ServiceDefinition definition = inventory.definition(one.service());
    if (definition != null && limits.isNews(one.container(), definition)) {
      executor.lanes().lane(one.service()).observe(() -> limits.keep(one.container(), definition));
    }
  }

  private @Nullable ContainerSnapshot inspect(String container) {
    try {
      return engine.inspect(container);
    } catch (EngineException e) {
      return null;
    }
  }
}
