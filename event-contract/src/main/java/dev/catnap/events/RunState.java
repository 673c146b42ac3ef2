package dev.catnap.events;

import java.util.Collection;
import java.util.List;

/** Where a container, or a service as the sum of its containers, is on the ladder. */
public enum RunState {
  /** Not heard of yet; treated as awake. */
  UNKNOWN,
  RUNNING,
  FALLING_ASLEEP,
  /** Paused: costs resident memory, back in tens of milliseconds. */
  SLEEPING,
  /** Stopped, or defined and not created yet: costs disk, back after a start. */
  STOPPED,
  WAKING,
  /** Could not be brought where it should be. */
  FAILED;

  /**
   * The states that speak for a whole service, the strongest first: one container that is not awake
   * makes the service not awake, because a request may need any of them.
   */
  private static final List<RunState> STRONGEST_FIRST =
      List.of(FAILED, FALLING_ASLEEP, WAKING, STOPPED, SLEEPING, UNKNOWN, RUNNING);

  /** A service with these container states; {@code UNKNOWN} when there is none. */
  public static RunState ofService(Collection<RunState> containers) {
    for (RunState state : STRONGEST_FIRST) {
      if (containers.contains(state)) {
        return state;
      }
    }
    return UNKNOWN;
  }

  /** Takes requests as far as is known: running, or not heard of. */
  public boolean isAwake() {
    return this == RUNNING || this == UNKNOWN;
  }

  /** Needs a wake before it can answer. */
  public boolean needsWake() {
    return this == SLEEPING || this == STOPPED || this == FALLING_ASLEEP || this == FAILED;
  }

  /** Rests on a step of the ladder; not on the way, not failed, not unknown. */
  public boolean isSettled() {
    return this == RUNNING || this == SLEEPING || this == STOPPED;
  }
}
