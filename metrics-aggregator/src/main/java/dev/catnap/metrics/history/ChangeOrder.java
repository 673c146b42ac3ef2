package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** The order of a container's changes: by what they say, never by when they were heard. */
final class ChangeOrder {
  /**
   * By time; at the same time what is only on the way comes before where it leads. The rest decides
   * ties, so that no two different changes are equal and every order of arrival gives one history.
   */
  static final Comparator<StateChange> BY_TIME =
      Comparator.comparing(StateChange::at)
          .thenComparing(change -> isOnTheWay(change.to()) ? 0 : 1)
          .thenComparing(StateChange::id)
          .thenComparing(StateChange::to)
          .thenComparing(StateChange::from);

  private ChangeOrder() {}

  private static boolean isOnTheWay(RunState state) {
    return state == RunState.FALLING_ASLEEP || state == RunState.WAKING;
  }

  /** Times as the database keeps them, so that what is computed here equals what is read there. */
  static StateChange inMicros(StateChange change) {
    if (change.at().getNano() % 1_000 == 0) {
      return change;
    }
    return new StateChange(
        change.id(),
        change.service(),
        change.container(),
        change.host(),
        change.from(),
        change.to(),
        change.at().truncatedTo(ChronoUnit.MICROS),
        change.reason(),
        change.commandId(),
        change.causedBy(),
        change.tookMillis(),
        change.residentBytes(),
        change.failure(),
        change.stages());
  }
}
