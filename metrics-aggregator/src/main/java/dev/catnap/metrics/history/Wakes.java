package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads wakes out of the ordered changes of a container. */
final class Wakes {
  private static final WakeStages UNKNOWN_STAGES = new WakeStages(null, null, null, null, null);

  private Wakes() {}

  /** Whether a container that was waking runs with this change, or has failed to. */
  static boolean isEndOfWake(StateChange change) {
    return change.from() == RunState.WAKING
        && (change.to() == RunState.RUNNING || change.to() == RunState.FAILED);
  }

  static Wake endedBy(List<StateChange> changes, int position) {
    StateChange end = changes.get(position);
    int first = firstOfWake(changes, position);
    WakeStages stages = end.stages() == null ? UNKNOWN_STAGES : end.stages();
    return new Wake(
        end.service(),
        end.container(),
        end.id(),
        wokenFrom(changes, first, position),
        end.to() == RunState.RUNNING,
        askedAt(end, stages, first < position ? changes.get(first) : null),
        stages,
        end.at());
  }

  /** Where the run of {@code WAKING} before the end began; the end itself when there is none. */
  private static int firstOfWake(List<StateChange> changes, int position) {
    int first = position;
    while (first > 0 && changes.get(first - 1).to() == RunState.WAKING) {
      first--;
    }
    return first;
  }

  private static RunState wokenFrom(List<StateChange> changes, int first, int position) {
    if (first > 0) {
      return changes.get(first - 1).to();
    }
    RunState said = changes.get(first).from();
    return first == position || said == RunState.WAKING ? RunState.UNKNOWN : said;
  }

  /**
   * The request where it is told, else the decision, else the command's receipt, else the change to
   * {@code WAKING}: each is later than the one before, so what is not known never adds to the
   * latency.
   */
  private static @Nullable Instant askedAt(
      StateChange end, WakeStages stages, @Nullable StateChange waking) {
    if (stages.requestedAt() != null) {
      return stages.requestedAt();
    }
    if (stages.decidedAt() != null) {
      return stages.decidedAt();
    }
    if (stages.receivedAt() != null) {
      return stages.receivedAt();
    }
    if (end.tookMillis() != null) {
      return end.at().minusMillis(end.tookMillis());
    }
    return waking == null ? null : waking.at();
  }
}
