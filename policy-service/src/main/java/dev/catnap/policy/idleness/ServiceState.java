package dev.catnap.policy.idleness;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;

/**
 * Where a service is on the ladder, as one type a step: only what is {@link Running} can be put to
 * sleep, only what is {@link Sleeping} can be stopped, only what is {@link Resting} can be woken.
 */
public sealed interface ServiceState {
  /** Not heard of, or contact lost: treated as awake, and never acted upon. */
  record Unknown() implements ServiceState {}

  /** Takes requests. */
  record Running(Instant since, String changeId) implements ServiceState {}

  /**
   * On the way up.
   *
   * @param afterCrash it died by itself and is started again after a pause
   */
  record Waking(Instant since, String changeId, boolean afterCrash) implements ServiceState {}

  /** Needs a wake before it answers. */
  sealed interface Resting extends ServiceState {
    Instant since();

    /** The state change that put it here. */
    String changeId();
  }

  /** On the way down. */
  record FallingAsleep(Instant since, String changeId, Reason reason) implements Resting {}

  /** Paused. */
  record Sleeping(Instant since, String changeId, Reason reason) implements Resting {}

  /**
   * Stopped.
   *
   * @param neverRan it was announced as stopped and nothing else was ever heard: not created yet
   */
  record Stopped(Instant since, String changeId, Reason reason, boolean neverRan)
      implements Resting {}

  /** Could not be brought where it should be. */
  record Failed(Instant since, String changeId, String failure) implements Resting {}

  /**
   * The state of a service with these containers; a function of the set alone. A service is running
   * since its last container is, and in any other state since its first container is.
   */
  static ServiceState of(Collection<ContainerFact> containers) {
    RunState state = RunState.ofService(containers.stream().map(ContainerFact::state).toList());
    Comparator<ContainerFact> byTime =
        Comparator.comparing(ContainerFact::at).thenComparing(ContainerFact::changeId);
    return containers.stream()
        .filter(container -> container.state() == state)
        .max(state == RunState.RUNNING ? byTime : byTime.reversed())
        .map(container -> of(state, container))
        .orElseGet(Unknown::new);
  }

  private static ServiceState of(RunState state, ContainerFact decisive) {
    Instant since = decisive.at();
    String id = decisive.changeId();
    Reason reason = decisive.reason();
    return switch (state) {
      case UNKNOWN -> new Unknown();
      case RUNNING -> new Running(since, id);
      case WAKING -> new Waking(since, id, reason == Reason.EXTERNAL && decisive.failure() != null);
      case FALLING_ASLEEP -> new FallingAsleep(since, id, reason);
      case SLEEPING -> new Sleeping(since, id, reason);
      case STOPPED -> new Stopped(since, id, reason, decisive.from() == RunState.UNKNOWN);
      case FAILED ->
          new Failed(since, id, decisive.failure() == null ? "not said" : decisive.failure());
    };
  }

  default RunState runState() {
    return switch (this) {
      case Unknown() -> RunState.UNKNOWN;
      case Running _ -> RunState.RUNNING;
      case Waking _ -> RunState.WAKING;
      case FallingAsleep _ -> RunState.FALLING_ASLEEP;
      case Sleeping _ -> RunState.SLEEPING;
      case Stopped _ -> RunState.STOPPED;
      case Failed _ -> RunState.FAILED;
    };
  }
}
