package dev.catnap.ingest.gate;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one service. Immutable; the newest change of each container counts, in whatever
 * order and however often changes are told.
 *
 * @param defined whether there is a definition
 * @param marks of requests that the definition wants to wake nothing
 * @param containers the newest change of each container that is not gone
 * @param gone when containers went for good: what was told of them before is not to bring them back
 * @param state of the service as the sum of its containers
 * @param failure the newest change to {@code FAILED} among the containers that are failed now
 */
public record Situation(
    String service,
    boolean defined,
    Marks marks,
    Map<String, StateChange> containers,
    Map<String, Instant> gone,
    RunState state,
    @Nullable StateChange failure) {
  /** Longer than the stretch of history that is read again at a start. */
  private static final Duration REMEMBER_GONE = Duration.ofHours(25);

  static Situation of(String service) {
    return of(service, false, Marks.NONE, Map.of(), Map.of());
  }

  private static Situation of(
      String service,
      boolean defined,
      Marks marks,
      Map<String, StateChange> containers,
      Map<String, Instant> gone) {
    RunState state = RunState.ofService(containers.values().stream().map(StateChange::to).toList());
    StateChange failure =
        containers.values().stream()
            .filter(change -> change.to() == RunState.FAILED)
            .max(Comparator.comparing(StateChange::at))
            .orElse(null);
    return new Situation(
        service, defined, marks, Map.copyOf(containers), Map.copyOf(gone), state, failure);
  }

  /** Whether there is such a service at all. */
  public boolean isKnown() {
    return defined || !containers.isEmpty();
  }

  /** What it is woken from: its state, or the one it had before the wake that is under way. */
  RunState wokenFrom() {
    return containers.values().stream()
        .filter(change -> change.to() == RunState.WAKING)
        .map(StateChange::from)
        .max(Comparator.comparing(from -> from == RunState.STOPPED))
        .orElse(state);
  }

  boolean isForgettable() {
    return !isKnown() && gone.isEmpty();
  }

  Situation defined(Marks newMarks) {
    return of(service, true, newMarks, containers, gone);
  }

  Situation undefined() {
    return of(service, false, Marks.NONE, containers, gone);
  }

  /** Unchanged when something as new or newer is known of the container. */
  Situation with(StateChange change) {
    if (change.endsHistory()) {
      return without(change.container(), change.at());
    }
    Instant went = gone.get(change.container());
    StateChange known = containers.get(change.container());
    if ((went != null && !change.at().isAfter(went))
        || (known != null && !follows(change, known))) {
      return this;
    }
    Map<String, StateChange> changed = new HashMap<>(containers);
    changed.put(change.container(), change);
    return of(service, defined, marks, changed, gone);
  }

  /** At the same instant the one told later counts: each topic tells a container's in order. */
  private static boolean follows(StateChange change, StateChange known) {
    return !change.at().isBefore(known.at()) && !change.id().equals(known.id());
  }

  Situation without(String container, Instant goneAt) {
    StateChange known = containers.get(container);
    Map<String, StateChange> left = new HashMap<>(containers);
    if (known != null && !known.at().isAfter(goneAt)) {
      left.remove(container);
    }
    Map<String, Instant> remembered = new HashMap<>(gone);
    remembered.merge(container, goneAt, (a, b) -> a.isAfter(b) ? a : b);
    remembered.values().removeIf(at -> at.isBefore(goneAt.minus(REMEMBER_GONE)));
    return of(service, defined, marks, left, remembered);
  }
}
