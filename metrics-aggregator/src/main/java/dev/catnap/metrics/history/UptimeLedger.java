package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one container, or a stretch of them, and the intervals that follow from them.
 *
 * <p>Intervals are not grown as changes come in; they follow from the ordered set of changes: each
 * lasts until the next change. So it does not matter in which order, how late or how often a change
 * is told, and the intervals partition the time from the first change on:
 *
 * <pre>
 * told        a RUNNING 10:00, c RUNNING 12:00, b SLEEPING 11:00, c again
 * intervals   RUNNING 10:00-11:00, SLEEPING 11:00-12:00, RUNNING 12:00-
 * </pre>
 *
 * A container that is gone is in no state until it is heard of again: the change that says so
 * begins an interval of no length.
 *
 * <p>A change told again under the same id with another time or state counts once, as the earliest.
 */
public final class UptimeLedger {
  private static final UptimeLedger EMPTY = new UptimeLedger(List.of());

  private final List<StateChange> changes;

  private UptimeLedger(List<StateChange> changes) {
    this.changes = changes;
  }

  public static UptimeLedger empty() {
    return EMPTY;
  }

  /** A ledger of these changes of one container. */
  public static UptimeLedger of(Collection<StateChange> changes) {
    UptimeLedger ledger = EMPTY;
    for (StateChange change : changes) {
      ledger = fold(ledger, change).ledger();
    }
    return ledger;
  }

  /**
   * A ledger of changes already known to be in order and told once each, such as those read back
   * from where this class's results were stored.
   */
  public static UptimeLedger ofOrdered(Collection<StateChange> changes) {
    return new UptimeLedger(changes.stream().sorted(ChangeOrder.BY_TIME).toList());
  }

  /**
   * What a change does to a ledger.
   *
   * @param ledger with the change in it; the same as before when it was known already
   * @param accepted the change as recorded; null when it was known already
   * @param intervals those that began, ended or became different, as they are now
   * @param wakes those that ended with one of these intervals' changes, as they are now
   */
  public record Folded(
      UptimeLedger ledger,
      @Nullable StateChange accepted,
      List<StateInterval> intervals,
      List<Wake> wakes) {
    /** The intervals among those touched that have an end. */
    public List<StateInterval> closed() {
      return intervals.stream().filter(interval -> !interval.isOpen()).toList();
    }
  }

  /** Takes a change in; costs one copy of the ledger's list. */
  public static Folded fold(UptimeLedger ledger, StateChange told) {
    StateChange change = ChangeOrder.inMicros(told);
    int known = ledger.indexOf(change.id());
    if (known >= 0 && ChangeOrder.BY_TIME.compare(ledger.changes.get(known), change) <= 0) {
      return new Folded(ledger, null, List.of(), List.of());
    }
    List<StateChange> next = new ArrayList<>(ledger.changes);
    if (known >= 0) {
      next.remove(known);
    }
    int position = -Collections.binarySearch(next, change, ChangeOrder.BY_TIME) - 1;
    next.add(position, change);
    UptimeLedger folded = new UptimeLedger(Collections.unmodifiableList(next));
    SortedSet<Integer> touched = folded.touchedAround(position);
    if (known >= 0) {
      // It moved to an earlier place, so what stands before the one it left is there now.
      touched.addAll(folded.touchedAround(known));
    }
    return new Folded(folded, change, folded.intervals(touched), folded.wakes(touched));
  }

  private int indexOf(String id) {
    for (int i = changes.size() - 1; i >= 0; i--) {
      if (changes.get(i).id().equals(id)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The change before, which now ends elsewhere, up to the first one behind that ends up somewhere:
   * a wake there may have begun from another state than it seemed.
   */
  private SortedSet<Integer> touchedAround(int position) {
    SortedSet<Integer> touched = new TreeSet<>();
    if (position > 0) {
      touched.add(position - 1);
    }
    for (int i = position; i < changes.size(); i++) {
      touched.add(i);
      if (i > position && changes.get(i).to() != RunState.WAKING) {
        break;
      }
    }
    return touched;
  }

  /** All intervals, in order; only the last is open. */
  public List<StateInterval> intervals() {
    return intervals(all());
  }

  /** All wakes, in order of their end. */
  public List<Wake> wakes() {
    return wakes(all());
  }

  /** Its changes in order. */
  List<StateChange> changes() {
    return changes;
  }

  /** The intervals that begin with the changes from one position on to another, exclusive. */
  List<StateInterval> intervals(int from, int to) {
    return intervals(IntStream.range(from, to).boxed().toList());
  }

  /** The wakes that end with one of these changes, as {@link #intervals(int, int)}. */
  List<Wake> wakes(int from, int to) {
    return wakes(IntStream.range(from, to).boxed().toList());
  }

  private Collection<Integer> all() {
    return IntStream.range(0, changes.size()).boxed().toList();
  }

  private List<StateInterval> intervals(Collection<Integer> positions) {
    return positions.stream().map(this::interval).toList();
  }

  private StateInterval interval(int position) {
    StateChange change = changes.get(position);
    return new StateInterval(
        change.service(),
        change.container(),
        change.id(),
        change.to(),
        stateBefore(position),
        change.at(),
        end(position));
  }

  private RunState stateBefore(int position) {
    StateChange before = position > 0 ? changes.get(position - 1) : null;
    return before == null || before.endsHistory() ? changes.get(position).from() : before.to();
  }

  /** Null while it lasts; a container that is gone is in no state. */
  private @Nullable Instant end(int position) {
    StateChange change = changes.get(position);
    if (change.endsHistory()) {
      return change.at();
    }
    return position + 1 < changes.size() ? changes.get(position + 1).at() : null;
  }

  private List<Wake> wakes(Collection<Integer> positions) {
    return positions.stream()
        .filter(position -> Wakes.isEndOfWake(changes.get(position)))
        .map(position -> Wakes.endedBy(changes, position))
        .toList();
  }
}
