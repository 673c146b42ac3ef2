package dev.catnap.metrics.history;

import static dev.catnap.events.RunState.FALLING_ASLEEP;
import static dev.catnap.events.RunState.RUNNING;
import static dev.catnap.events.RunState.SLEEPING;
import static dev.catnap.events.RunState.STOPPED;
import static dev.catnap.events.RunState.UNKNOWN;
import static dev.catnap.events.RunState.WAKING;
import static dev.catnap.metrics.Changes.T0;
import static dev.catnap.metrics.Changes.change;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import dev.catnap.metrics.Changes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UptimeLedgerTest {
  private final StateChange running = change("a", UNKNOWN, RUNNING, 0);
  private final StateChange asleep = change("b", FALLING_ASLEEP, SLEEPING, 3600);
  private final StateChange waking = change("c", SLEEPING, WAKING, 7200);
  private final StateChange awake = change("d", WAKING, RUNNING, 7201);

  @Test
  void lateChange_endsTheIntervalBeforeAndBeginsItsOwn() {
    UptimeLedger before = UptimeLedger.of(List.of(running, awake));

    UptimeLedger.Folded folded = UptimeLedger.fold(before, asleep);

    assertThat(folded.closed())
        .extracting(StateInterval::state, StateInterval::startedAt, StateInterval::endedAt)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RUNNING, T0, T0.plusSeconds(3600)),
            org.assertj.core.groups.Tuple.tuple(
                SLEEPING, T0.plusSeconds(3600), T0.plusSeconds(7201)));
    assertThat(folded.wakes()).extracting(Wake::wokenFrom).containsExactly(SLEEPING);
  }

  @Test
  void sameChangeAgain_changesNothing() {
    UptimeLedger ledger = UptimeLedger.of(List.of(running, asleep));

    UptimeLedger.Folded folded = UptimeLedger.fold(ledger, asleep);

    assertThat(folded.ledger()).isSameAs(ledger);
    assertThat(folded.accepted()).isNull();
    assertThat(folded.intervals()).isEmpty();
  }

  @Test
  void sameIdAtAnotherTime_countsOnceAsTheEarliest() {
    StateChange earlier = change("d", WAKING, RUNNING, 1800);

    List<StateInterval> oneWay =
        UptimeLedger.of(List.of(running, asleep, awake, earlier)).intervals();
    List<StateInterval> otherWay =
        UptimeLedger.of(List.of(running, asleep, earlier, awake)).intervals();

    assertThat(oneWay).isEqualTo(otherWay).hasSize(3);
    assertThat(oneWay.getLast().state()).isEqualTo(SLEEPING);
  }

  @Test
  void whatIsGone_isInNoStateUntilItIsHeardOfAgain() {
    StateChange gone = change("g", SLEEPING, STOPPED, 7200).asGone();
    StateChange again = change("h", UNKNOWN, STOPPED, 9000);

    assertThat(UptimeLedger.of(List.of(running, gone, asleep)).intervals())
        .extracting(StateInterval::state, StateInterval::endedAt)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(RUNNING, T0.plusSeconds(3600)),
            org.assertj.core.groups.Tuple.tuple(SLEEPING, T0.plusSeconds(7200)),
            org.assertj.core.groups.Tuple.tuple(STOPPED, T0.plusSeconds(7200)));
    assertThat(UptimeLedger.of(List.of(again, running, gone)).intervals().getLast())
        .isEqualTo(
            new StateInterval("web", "web", "h", STOPPED, UNKNOWN, T0.plusSeconds(9000), null));
  }

  @Test
  void sameTime_onTheWayComesFirst() {
    StateChange arrived = change("1", WAKING, RUNNING, 60);
    StateChange onTheWay = change("2", SLEEPING, WAKING, 60);

    assertThat(UptimeLedger.of(List.of(arrived, onTheWay)).intervals())
        .extracting(StateInterval::state)
        .containsExactly(WAKING, RUNNING);
  }

  @Test
  void wake_isMeasuredFromTheRequest_neverTheTimeSlept() {
    WakeStages stages =
        new WakeStages(
            T0.plusMillis(7_199_900),
            T0.plusMillis(7_199_910),
            T0.plusMillis(7_199_915),
            T0.plusMillis(7_199_940),
            T0.plusMillis(7_200_950));
    StateChange told = Changes.with(awake, stages);

    Wake wake = UptimeLedger.of(List.of(running, asleep, waking, told)).wakes().getFirst();

    assertThat(wake.latency()).isEqualTo(Duration.ofMillis(1100));
    assertThat(wake.wokenFrom()).isEqualTo(SLEEPING);
    assertThat(wake.decided()).isEqualTo(Duration.ofMillis(10));
    assertThat(wake.received()).isEqualTo(Duration.ofMillis(5));
    assertThat(wake.engine()).isEqualTo(Duration.ofMillis(25));
    assertThat(wake.ready()).isEqualTo(Duration.ofMillis(1010));
  }

  @Test
  void wakeWithoutStages_isMeasuredFromTheChangeToWaking() {
    Wake wake = UptimeLedger.of(List.of(asleep, waking, awake)).wakes().getFirst();

    assertThat(wake.latency()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void wakeOfWhichOnlyTheEndIsKnown_hasNoLatency() {
    Wake wake = UptimeLedger.of(List.of(asleep, awake)).wakes().getFirst();

    assertThat(wake.latency()).isNull();
    assertThat(wake.wokenFrom()).isEqualTo(SLEEPING);
  }

  @Test
  void firstHeardOfWaking_tellsItselfFromWhere() {
    StateChange first = change("c", STOPPED, WAKING, 7200);

    assertThat(UptimeLedger.of(List.of(first, awake)).wakes())
        .extracting(Wake::wokenFrom)
        .containsExactly(STOPPED);
    assertThat(UptimeLedger.of(List.of(awake)).wakes())
        .extracting(Wake::wokenFrom)
        .containsExactly(UNKNOWN);
  }
}
