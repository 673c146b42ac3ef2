package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The order of a container's changes: by what they say, never by when they were heard. */
public final class ChangeOrder {
  /**
   * By time; at the same time what is only on the way comes before where it leads, and an end comes
   * last. The rest decides ties, so that no two different changes are equal and every order of
   * arrival gives one history.
   */
  static final Comparator<StateChange> BY_TIME =
      Comparator.comparing(StateChange::at)
          .thenComparing(StateChange::endsHistory)
          .thenComparing(change -> isOnTheWay(change.to()) ? 0 : 1)
          .thenComparing(StateChange::id)
          .thenComparing(StateChange::to)
          .thenComparing(StateChange::from);

  private ChangeOrder() {}

  /**
   * States in the order of the changes that lead there at the same time and under the same id; for
   * those who put changes in order elsewhere.
   */
  public static List<RunState> statesInOrder() {
    return Arrays.stream(RunState.values())
        .sorted(
            Comparator.<RunState>comparingInt(state -> isOnTheWay(state) ? 0 : 1)
                .thenComparing(state -> state))
        .toList();
  }

  private static boolean isOnTheWay(RunState state) {
    return state == RunState.FALLING_ASLEEP || state == RunState.WAKING;
  }

  /** Times as the database keeps them, so that what is computed here equals what is read there. */
  public static StateChange inMicros(StateChange change) {
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
        inMicros(change.stages()),
        null,
        change.gone());
  }

  private static @Nullable WakeStages inMicros(@Nullable WakeStages stages) {
    return stages == null
        ? null
        : new WakeStages(
            inMicros(stages.requestedAt()),
            inMicros(stages.decidedAt()),
            inMicros(stages.receivedAt()),
            inMicros(stages.engineAt()),
            inMicros(stages.readyAt()));
  }

  private static @Nullable Instant inMicros(@Nullable Instant at) {
    return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
  }
}
