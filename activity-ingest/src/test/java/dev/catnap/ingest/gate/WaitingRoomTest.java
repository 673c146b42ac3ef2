package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {
  private static final Verdict PASS = new Verdict.Pass(RunState.RUNNING);
  private final WaitingRoom room = new WaitingRoom(2, 3);

  @Test
  void itIsBoundedPerServiceAndInTotal() {
    Waiter first = room.enter("one", NOON);
    assertThat(room.enter("one", NOON)).isNotNull();
    assertThat(room.enter("one", NOON)).as("third of one").isNull();
    assertThat(room.enter("two", NOON)).isNotNull();
    assertThat(room.enter("three", NOON)).as("fourth in all").isNull();
    room.leave(first);
    assertThat(room.held()).isEqualTo(2);
    assertThat(room.enter("one", NOON)).isNotNull();
  }

  @Test
  void onlyThoseWhomAChangeSettlesAreLetGo() {
    Waiter early = room.enter("one", NOON);
    Waiter late = room.enter("one", NOON.plusSeconds(1));
    Waiter other = room.enter("two", NOON);
    room.tell("one", waiter -> waiter.arrivedAt().equals(NOON) ? PASS : null);
    assertThat(early.verdict()).isCompletedWithValue(PASS);
    assertThat(late.verdict()).isNotDone();
    assertThat(other.verdict()).isNotDone();
  }

  @Test
  void itKnowsForWhomSomebodyHasWaitedLong() {
    room.enter("one", NOON);
    room.enter("two", NOON.plusMillis(1));
    assertThat(room.waitedForSince(NOON)).containsExactly("one");
  }

  @Test
  void whenItClosesEverybodyLeavesAndNobodyStays() {
    Waiter before = room.enter("one", NOON);
    room.close(waiter -> Gate.shuttingDown(waiter.service()));
    Waiter after = room.enter("one", NOON);
    assertThat(before.verdict()).isDone();
    assertThat(after.verdict()).isDone();
  }
}
