package dev.catnap.actuator.transition;

import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.events.RunState;

/** Where on the ladder a container stands by what the engine says. */
public final class EngineStates {
  private EngineStates() {}

  /** A container that is not there is as one that is stopped: back after a start. */
  public static RunState of(ContainerStatus status) {
    return switch (status) {
      case RUNNING -> RunState.RUNNING;
      case PAUSED -> RunState.SLEEPING;
      case ABSENT, CREATED, RESTARTING, EXITED, DEAD -> RunState.STOPPED;
    };
  }
}
