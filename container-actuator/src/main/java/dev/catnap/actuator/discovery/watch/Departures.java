package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.EngineStates;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Containers of which a state is kept and that are there no more, or ours no more: their end is
 * told, none is left paused, and their state is kept no longer. To be called in the service's lane.
 */
final class Departures {
  private static final Logger log = LoggerFactory.getLogger(Departures.class);

  private final ContainerEngine engine;
  private final Inventory inventory;
  private final StateJournal journal;
  private final InstantSource clock;

  Departures(
      ContainerEngine engine, Inventory inventory, StateJournal journal, InstantSource clock) {
    this.engine = engine;
    this.inventory = inventory;
    this.journal = journal;
    this.clock = clock;
  }

  /** Nothing happens where it is ours after all. */
  void gone(StateChange known) {
    StateChange last = journal.last(known.service(), known.container());
    ContainerSnapshot is = inspect(known.container());
    if (last == null || is == null || known.service().equals(serviceOf(is))) {
      return;
    }
    if (mayComeBack(last, is)) {
      return;
    }
    ContainerSnapshot left = is.isPaused() && wasOurs(is, last) ? release(is) : is;
    journal.end(end(last, left));
    log.atInfo()
        .addKeyValue("service", known.service())
        .addKeyValue("container", known.container())
        .addKeyValue("status", left.status())
        .log("container is no longer managed");
  }

  /** One that could not be created for a definition is wanted all the same. */
  private boolean mayComeBack(StateChange last, ContainerSnapshot is) {
    ServiceDefinition definition = inventory.definition(last.service());
    return last.to() == RunState.FAILED
        && !is.exists()
        && definition != null
        && definition.source() != ServiceDefinition.Source.LABELS;
  }

  private StateChange end(StateChange last, ContainerSnapshot left) {
    RunState to = last.to() == RunState.FAILED ? RunState.FAILED : EngineStates.of(left.status());
    return Changes.gone(last, to, clock.instant(), to == last.to() ? null : left.ending());
  }

  private @Nullable ContainerSnapshot inspect(String container) {
    try {
      return engine.inspect(container);
    } catch (EngineException e) {
      return null;
    }
  }

  private @Nullable String serviceOf(ContainerSnapshot container) {
    return container.exists() ? inventory.serviceOf(container) : null;
  }

  private static boolean wasOurs(ContainerSnapshot container, StateChange last) {
    return container.labels().containsKey(Ownership.MANAGED) || last.to() == RunState.SLEEPING;
  }

  private ContainerSnapshot release(ContainerSnapshot paused) {
    try {
      engine.unpause(paused.name());
      return engine.inspect(paused.name());
    } catch (EngineException e) {
      log.atWarn()
          .addKeyValue("container", paused.name())
          .addKeyValue("cause", e.reason())
          .log("a container that is no longer managed stays paused: unpause it by hand");
      return paused;
    }
  }
}
