package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static dev.catnap.ingest.gate.Stories.failed;
import static dev.catnap.ingest.gate.Stories.waking;
import static dev.catnap.ingest.gate.Stories.woken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WakeTimesTest {
  private final WakeTimes times = new WakeTimes();

  private StateChange wake(String command, RunState from, long millis) {
    return wake(command, "main", from, millis);
  }

  private StateChange wake(String command, String container, RunState from, long millis) {
    times.saw(waking("app", container, from, NOON.plusMillis(1)));
    StateChange woken = woken("app", container, command, NOON, NOON.plusMillis(millis));
    times.saw(woken);
    return woken;
  }

  @Test
  void theMedianOfTheLastWakesFromAStateIsUsual() {
    assertThat(times.usual("app", RunState.STOPPED)).isNull();
    wake("1", RunState.STOPPED, 4000);
    wake("2", RunState.STOPPED, 90_000);
    wake("3", RunState.STOPPED, 5000);
    wake("4", RunState.SLEEPING, 30);
    assertThat(times.usual("app", RunState.STOPPED)).isEqualTo(Duration.ofSeconds(5));
    assertThat(times.usual("app", RunState.SLEEPING)).isEqualTo(Duration.ofMillis(30));
    assertThat(times.usual("app", RunState.FAILED)).isNull();
    assertThat(times.usual("other", RunState.STOPPED)).isNull();
  }

  @Test
  void onlyTheLastOnesCount() {
    wake("old", RunState.STOPPED, 60_000);
    for (int i = 0; i < WakeTimes.REMEMBERED; i++) {
      wake("new-" + i, RunState.STOPPED, 1000 + i);
    }
    assertThat(times.usual("app", RunState.STOPPED)).isEqualTo(Duration.ofMillis(1004));
  }

  @Test
  void ofSeveralContainersTheSlowestCounts() {
    wake("1", "web", RunState.STOPPED, 1000);
    wake("1", "db", RunState.STOPPED, 3000);
    assertThat(times.usual("app", RunState.STOPPED)).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void toldTwiceItCountsOnce() {
    StateChange woken = wake("1", RunState.STOPPED, 1000);
    times.saw(woken);
    times.saw(waking("app", "main", RunState.STOPPED, NOON));
    times.saw(woken);
    wake("2", RunState.STOPPED, 3000);
    wake("3", RunState.STOPPED, 2000);
    assertThat(times.usual("app", RunState.STOPPED)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void aWakeThatFailsOrSaysNoTimeIsNoSample() {
    times.saw(waking("app", "main", RunState.STOPPED, NOON));
    times.saw(failed("app", NOON.plusSeconds(9), "broken"));
    times.saw(Stories.went("app", RunState.RUNNING, NOON.plusSeconds(10)));
    assertThat(times.usual("app", RunState.STOPPED)).isNull();
  }

  @Test
  void visitorsAreRememberedForAsLongAsTheyComeAgain() {
    FirstAsked asked = new FirstAsked();
    assertThat(asked.since("app", NOON)).isEqualTo(NOON);
    Instant later = NOON.plusSeconds(60);
    assertThat(asked.since("app", later)).isEqualTo(NOON);
    assertThat(asked.since("app", later.plusMillis(60_001))).isEqualTo(later.plusMillis(60_001));
    asked.forget("app");
    assertThat(asked.since("app", later)).isEqualTo(later);
  }
}
