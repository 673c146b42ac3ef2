package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.util.ArrayList;
import java.util.List;

/**
 * All changes of one container after the other, each told once and in the order of their times, and
 * what follows from them. The same intervals and wakes as those of an {@link UptimeLedger} of each
 * container, but of a long history only a stretch is held at a time:
 *
 * <pre>
 * told so far     a RUNNING 10:00, b SLEEPING 11:00, c WAKING 12:00; then comes d RUNNING 12:01
 * settled         a, b, c: nothing that comes can change them
 * goes on with    b, c, d: where a wake began that ends later
 * </pre>
 */
public final class OrderedChanges {
  /**
   * What is settled.
   *
   * @param wakes each of which ends with the change that began one of the intervals
   */
  public record Settled(List<StateInterval> intervals, List<Wake> wakes) {}

  private static final Settled NOTHING = new Settled(List.of(), List.of());

  private final int stretch;
  private List<StateChange> changes = new ArrayList<>();

  /** How many of them are settled, and are there only for what comes behind them. */
  private int settled;

  /**
   * @param stretch how many changes are held before some are settled; at least 1
   */
  public OrderedChanges(int stretch) {
    this.stretch = stretch;
  }

  /**
   * Takes the next change in; answers what it settles.
   *
   * @param change of the same container as the one before and not earlier, or of another container
   */
  public Settled next(StateChange change) {
    Settled before = NOTHING;
    if (!changes.isEmpty()) {
      StateChange last = changes.getLast();
      if (!last.containerKey().equals(change.containerKey())) {
        before = end();
      } else if (changes.size() - settled >= stretch && last.at().isBefore(change.at())) {
        return cutBefore(change);
      }
    }
    changes.add(change);
    return before;
  }

  /** Nothing at the same time as what is held can come any more, so its order is known. */
  private Settled cutBefore(StateChange next) {
    changes.add(next);
    UptimeLedger ledger = UptimeLedger.ofOrdered(changes);
    int end = changes.size() - 1;
    Settled before = new Settled(ledger.intervals(settled, end), ledger.wakes(settled, end));
    int goesOn = end - 1;
    while (goesOn > 0 && ledger.changes().get(goesOn).to() == RunState.WAKING) {
      goesOn--;
    }
    changes = new ArrayList<>(ledger.changes().subList(goesOn, end + 1));
    settled = end - goesOn;
    return before;
  }

  /** No more comes of this container. */
  public Settled end() {
    UptimeLedger ledger = UptimeLedger.ofOrdered(changes);
    int end = changes.size();
    Settled rest = new Settled(ledger.intervals(settled, end), ledger.wakes(settled, end));
    changes = new ArrayList<>();
    settled = 0;
    return rest;
  }
}
