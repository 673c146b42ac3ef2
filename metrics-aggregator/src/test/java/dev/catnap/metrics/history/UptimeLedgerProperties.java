package dev.catnap.metrics.history;

import static dev.catnap.metrics.Changes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.metrics.Changes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever the order and however often told: one history, complete and without overlap. */
class UptimeLedgerProperties {
  @Property
  void anyOrderWithDuplicates_givesTheSameHistory(
      @ForAll("changes") List<StateChange> changes, @ForAll long seed) {
    UptimeLedger ordered = UptimeLedger.of(changes);

    UptimeLedger shuffled = UptimeLedger.of(shuffledTwice(changes, seed));

    assertThat(shuffled.intervals()).isEqualTo(ordered.intervals());
    assertThat(shuffled.wakes()).isEqualTo(ordered.wakes());
  }

  @Property
  void intervals_partitionTheTimeObserved(@ForAll("changes") List<StateChange> changes) {
    UptimeLedger ledger = UptimeLedger.of(changes);
    List<StateInterval> intervals = ledger.intervals();

    Duration sum = Duration.ZERO;
    Duration gone = Duration.ZERO;
    for (int i = 0; i + 1 < intervals.size(); i++) {
      StateInterval interval = intervals.get(i);
      Instant next = intervals.get(i + 1).startedAt();
      boolean ends = ledger.changes().get(i).endsHistory();
      assertThat(interval.endedAt()).isEqualTo(ends ? interval.startedAt() : next);
      sum = sum.plus(Duration.between(interval.startedAt(), interval.endedAt()));
      gone = ends ? gone.plus(Duration.between(interval.startedAt(), next)) : gone;
    }
    assertThat(sum.plus(gone))
        .isEqualTo(
            Duration.between(intervals.getFirst().startedAt(), intervals.getLast().startedAt()));
    assertThat(intervals.stream().filter(StateInterval::isOpen))
        .hasSize(ledger.changes().getLast().endsHistory() ? 0 : 1);
  }

  /** What is stored is only ever set from what a fold touched: nothing else may have changed. */
  @Property
  void settingWhatEachFoldTouched_keepsAStoreExact(
      @ForAll("changes") List<StateChange> changes, @ForAll long seed) {
    Map<String, StateInterval> intervals = new HashMap<>();
    Map<String, Wake> wakes = new HashMap<>();
    UptimeLedger ledger = UptimeLedger.empty();
    for (StateChange change : shuffledTwice(changes, seed)) {
      UptimeLedger.Folded folded = UptimeLedger.fold(ledger, change);
      folded.intervals().forEach(interval -> intervals.put(interval.changeId(), interval));
      folded.intervals().forEach(interval -> wakes.remove(interval.changeId()));
      folded.wakes().forEach(wake -> wakes.put(wake.changeId(), wake));
      ledger = folded.ledger();
    }

    assertThat(intervals.values()).containsExactlyInAnyOrderElementsOf(ledger.intervals());
    assertThat(wakes.values()).containsExactlyInAnyOrderElementsOf(ledger.wakes());
  }

  /** However short the stretches are: as one ledger, and of two containers as of each. */
  @Property
  void changesInOrderOfTime_settleToTheSameHistory(
      @ForAll("changes") List<StateChange> changes,
      @ForAll("changes") List<StateChange> others,
      @ForAll @IntRange(min = 1, max = 6) int stretch) {
    UptimeLedger one = UptimeLedger.of(changes);
    UptimeLedger other = UptimeLedger.of(others);
    List<StateInterval> intervals = new ArrayList<>();
    List<Wake> wakes = new ArrayList<>();
    OrderedChanges ordered = new OrderedChanges(stretch);
    Consumer<OrderedChanges.Settled> keep =
        settled -> {
          intervals.addAll(settled.intervals());
          wakes.addAll(settled.wakes());
        };

    byTimeAlone(one).forEach(change -> keep.accept(ordered.next(change)));
    byTimeAlone(other).forEach(change -> keep.accept(ordered.next(of("shop", change))));
    keep.accept(ordered.end());

    List<StateChange> shops = others.stream().map(change -> of("shop", change)).toList();
    List<StateInterval> expected = new ArrayList<>(one.intervals());
    expected.addAll(UptimeLedger.of(shops).intervals());
    assertThat(intervals).isEqualTo(expected);
    List<Wake> expectedWakes = new ArrayList<>(one.wakes());
    expectedWakes.addAll(UptimeLedger.of(shops).wakes());
    assertThat(wakes).isEqualTo(expectedWakes);
  }

  /** Those of one time the wrong way round. */
  private static List<StateChange> byTimeAlone(UptimeLedger ledger) {
    List<StateChange> changes = new ArrayList<>(ledger.changes());
    Collections.reverse(changes);
    changes.sort(Comparator.comparing(StateChange::at));
    return changes;
  }

  private static StateChange of(String service, StateChange change) {
    StateChange theirs =
        Changes.change(service, change.id(), change.from(), change.to(), change.at());
    return change.endsHistory() ? theirs.asGone() : theirs;
  }

  private static List<StateChange> shuffledTwice(List<StateChange> changes, long seed) {
    List<StateChange> told = new ArrayList<>(changes);
    told.addAll(changes);
    Collections.shuffle(told, new Random(seed));
    return told;
  }

  /** Few ids and few times, so that ties and contradictions are common. */
  @Provide
  Arbitrary<List<StateChange>> changes() {
    Arbitrary<RunState> states = Arbitraries.of(RunState.class);
    return Combinators.combine(
            Arbitraries.integers().between(0, 12),
            states,
            states,
            Arbitraries.longs().between(0, 9),
            Arbitraries.integers().between(0, 5))
        .as((id, from, to, at, chance) -> {
          StateChange change = Changes.change("web", "id-" + id, from, to, T0.plusSeconds(at));
          return chance == 0 ? change.asGone() : change;
        })
        .list()
        .ofMinSize(1)
        .ofMaxSize(14);
  }
}
