package dev.catnap.metrics.history.jdbc;

import dev.catnap.events.StateChange;
import dev.catnap.metrics.history.StateInterval;
import dev.catnap.metrics.history.UptimeLedger;
import dev.catnap.metrics.history.Wake;
import dev.catnap.metrics.storage.jdbc.Dirty.Mark;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Folds state changes into the tables. Of each container touched it reads only the stretch of its
 * history that a change can affect, folds there, and sets the rows that became different. To be
 * called within a transaction, by one writer a container at a time, which the partition sees to.
 */
public final class HistoryStore {
  private final HistorySlices slices;
  private final HistoryRows rows;

  /**
   * @param wakes is told the minutes in which wakes came, went or moved
   * @param states sums up intervals as they come
   */
  public HistoryStore(JdbcTemplate jdbc, Consumer<Collection<Mark>> wakes, StateRollups states) {
    this.slices = new HistorySlices(jdbc);
    this.rows = new HistoryRows(jdbc, wakes, states);
  }

  /** Takes changes in, of any containers, in any order, known ones too. */
  public void fold(Collection<StateChange> changes) {
    if (changes.isEmpty()) {
      return;
    }
    Map<String, UptimeLedger> ledgers = new LinkedHashMap<>();
    slices.around(changes).forEach((key, slice) -> ledgers.put(key, UptimeLedger.ofOrdered(slice)));
    Touched touched = new Touched();
    for (StateChange change : changes) {
      UptimeLedger ledger = ledgers.getOrDefault(change.containerKey(), UptimeLedger.empty());
      UptimeLedger.Folded folded = UptimeLedger.fold(ledger, change);
      touched.add(folded);
      ledgers.put(change.containerKey(), folded.ledger());
    }
    rows.write(touched.changes.values(), touched.intervals.values(), touched.wakes.values());
  }

  /** A row's key: the same id may be used for changes of several containers. */
  private record Key(String service, String container, String id) {}

  /** What several folds touched, each row as the last of them left it. */
  private static final class Touched {
    final Map<Key, StateChange> changes = new LinkedHashMap<>();
    final Map<Key, StateInterval> intervals = new LinkedHashMap<>();
    final Map<Key, Wake> wakes = new LinkedHashMap<>();

    void add(UptimeLedger.Folded folded) {
      StateChange accepted = folded.accepted();
      if (accepted != null) {
        changes.put(new Key(accepted.service(), accepted.container(), accepted.id()), accepted);
      }
      for (StateInterval interval : folded.intervals()) {
        Key key = new Key(interval.service(), interval.container(), interval.changeId());
        intervals.put(key, interval);
        wakes.remove(key);
      }
      for (Wake wake : folded.wakes()) {
        wakes.put(new Key(wake.service(), wake.container(), wake.changeId()), wake);
      }
    }
  }
}
