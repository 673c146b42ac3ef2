package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.AuditEntry;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Plan;
import dev.catnap.actuator.transition.ServiceContainers;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.TransitionPlanner;
import dev.catnap.events.Action;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all transitions work with. */
record Workbench(
    ContainerEngine engine,
    ServiceContainers containers,
    StateJournal journal,
    AuditTrail audit,
    EnginePermits permits,
    ExecutionSettings settings,
    InstantSource clock) {
  /** A container and what to do to it. */
  record Job(ContainerSnapshot container, Plan plan) {
    String name() {
      return container.name();
    }
  }

  List<Job> plan(Transition transition) {
    return transition.service().containers().stream()
        .map(name -> isKnownAsleep(transition, name) ? unpause(name) : plan(transition, name))
        .toList();
  }

  /**
   * A wake does not look at a container that we told to sleep here: the look would cost as much as
   * anything else on the way. Where it is otherwise by now, the unpause fails, and the next try
   * looks first.
   */
  private boolean isKnownAsleep(Transition transition, String name) {
    StateChange last = journal.last(transition.command().service(), name);
    return transition.command().action() == Action.WAKE
        && last != null
        && last.to() == RunState.SLEEPING
        && last.host().equals(transition.host());
  }

  private static Job unpause(String name) {
    return new Job(
        ContainerSnapshot.listed("", name, ContainerStatus.PAUSED, null, null, Map.of()),
        new Plan(Plan.Step.UNPAUSE, null));
  }

  Job plan(Transition transition, String name) {
    ContainerSnapshot container = engine.inspect(name);
    if (container.exists() && !containers.owns(transition.command().service(), container)) {
      return new Job(container, notOurs(name));
    }
    boolean creatable =
        name.equals(transition.service().definition().containerName())
            && engine.canCreate(transition.service().definition());
    return new Job(
        container, TransitionPlanner.plan(transition.command().action(), container, creatable));
  }

  private static Plan notOurs(String name) {
    return new Plan(
        Plan.Step.REFUSE,
        "container "
            + name
            + " is neither labelled catnap.enable=true nor defined as the service's");
  }

  void audit(
      Transition transition,
      @Nullable String container,
      Plan.@Nullable Step step,
      Outcome outcome,
      @Nullable String detail) {
    Instant now = clock.instant();
    audit.add(
        new AuditEntry(
            now,
            transition.command().id(),
            transition.command().service(),
            container,
            transition.command().action(),
            step,
            outcome,
            Math.max(0, Duration.between(transition.receivedAt(), now).toMillis()),
            detail));
  }

  static EngineException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new EngineException(EngineException.Kind.INTERRUPTED, "the actuator is stopping", e);
  }
}
