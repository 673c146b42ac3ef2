package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static dev.catnap.ingest.gate.Stories.failed;
import static dev.catnap.ingest.gate.Stories.went;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {
  private final Gate gate = new Gate(Duration.ofSeconds(5));

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 0, PASS",
    "RUNNING, 60000, PASS",
    "UNKNOWN, 0, PASS",
    "UNKNOWN, 60000, PASS",
    "SLEEPING, 0, HOLD",
    "STOPPED, 0, HOLD",
    "WAKING, 0, HOLD",
    "FALLING_ASLEEP, 0, HOLD",
    "FAILED, 0, HOLD",
    "SLEEPING, 5000, HOLD",
    "SLEEPING, 5001, BROKER_AWAY",
    "STOPPED, 5001, BROKER_AWAY",
    "WAKING, 5001, BROKER_AWAY",
    "FAILED, 5001, BROKER_AWAY",
  })
  void whoPasses(RunState state, long brokerAwayMillis, String expected) {
    Situation situation = Situation.of("app").with(went("app", state, NOON));
    assertThat(nameOf(gate.decide(situation, "app", log(true, brokerAwayMillis))))
        .isEqualTo(expected);
  }

  @Test
  void nobodyPassesBeforeTheLogHasBeenRead() {
    Situation running = Situation.of("app").with(went("app", RunState.RUNNING, NOON));
    assertThat(nameOf(gate.decide(null, "app", log(false, 0)))).isEqualTo("NOT_CAUGHT_UP");
    assertThat(nameOf(gate.decide(running, "app", log(false, 0)))).isEqualTo("NOT_CAUGHT_UP");
  }

  @Test
  void whatNobodyKnowsIsRefusedAndWhatIsOnlyDefinedPasses() {
    assertThat(nameOf(gate.decide(null, "app", log(true, 0)))).isEqualTo("UNKNOWN_SERVICE");
    assertThat(gate.decide(Situation.of("app").defined(Marks.NONE), "app", log(true, 0)))
        .isEqualTo(new Verdict.Pass(RunState.UNKNOWN));
  }

  @Test
  void whoWaitsIsReleasedByRunningOnly() {
    Situation waking = Situation.of("app").with(went("app", RunState.WAKING, NOON));
    assertThat(gate.settle(waking, "app", NOON)).isNull();
    Situation running = waking.with(went("app", RunState.RUNNING, NOON.plusMillis(9)));
    assertThat(gate.settle(running, "app", NOON)).isEqualTo(new Verdict.Pass(RunState.RUNNING));
  }

  @ParameterizedTest
  @CsvSource({"-1, false", "0, false", "1, true"})
  void onlyAFailureAfterTheRequestIsTheAnswerToIt(long millisAfter, boolean refused) {
    Situation failed =
        Situation.of("app").with(failed("app", NOON.plusMillis(millisAfter), "port in use"));
    Verdict verdict = gate.settle(failed, "app", NOON);
    assertThat(verdict != null).isEqualTo(refused);
    if (verdict instanceof Verdict.Refuse refuse) {
      assertThat(refuse.reason()).isEqualTo(Refusal.WAKE_FAILED);
      assertThat(refuse.text()).contains("port in use");
    }
  }

  @Test
  void whoWaitsForWhatIsRemovedIsToldSo() {
    assertThat(nameOf(gate.settle(null, "app", NOON))).isEqualTo("UNKNOWN_SERVICE");
  }

  @Test
  void theLastWordNamesTheFailureThatIsKnown() {
    Situation failed = Situation.of("app").with(failed("app", NOON, "no such image"));
    assertThat(gate.expire(failed, "app", Duration.ofMillis(700)))
        .isInstanceOfSatisfying(
            Verdict.Refuse.class,
            refuse -> assertThat(refuse.text()).contains("700 ms", "no such image"));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, 0, PASS",
    "UNKNOWN, 0, PASS",
    "SLEEPING, 0, NOT_WAKING",
    "WAKING, 0, NOT_WAKING",
    "FAILED, 0, NOT_WAKING",
    "SLEEPING, 5001, NOT_WAKING",
  })
  void whoIsMarkedIsNeverHeld(RunState state, long brokerAwayMillis, String expected) {
    Situation situation = Situation.of("app").with(went("app", state, NOON));
    Verdict verdict =
        Gate.marked(gate.decide(situation, "app", log(true, brokerAwayMillis)), "app");
    assertThat(nameOf(verdict)).isEqualTo(expected);
    if (verdict instanceof Verdict.Refuse refuse) {
      assertThat(refuse.state()).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, AWAKE_AGAIN",
    "UNKNOWN, AWAKE_AGAIN",
    "SLEEPING, NOT_IN_TIME",
    "WAKING, NOT_IN_TIME",
    "FAILED, WAKE_FAILED",
  })
  void whoAsksForTheReasonIsNotLetThrough(RunState state, String expected) {
    Situation situation = Situation.of("app").with(went("app", state, NOON));
    Verdict.Refuse reason =
        Gate.explain(gate.decide(situation, "app", log(true, 0)), situation, "app");
    assertThat(reason.reason().name()).isEqualTo(expected);
    assertThat(reason.state()).isEqualTo(state);
    assertThat(nameOf(Gate.explain(gate.decide(null, "app", log(true, 0)), null, "app")))
        .isEqualTo("UNKNOWN_SERVICE");
  }

  @Test
  void aHostIsNotThereOnlyOnceTheLogHasBeenRead() {
    assertThat(nameOf(Gate.noSuchHost("a.org", log(true, 0)))).isEqualTo("UNKNOWN_HOST");
    assertThat(nameOf(Gate.noSuchHost("a.org", log(false, 0)))).isEqualTo("NOT_CAUGHT_UP");
  }

  private static String nameOf(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Pass pass -> "PASS";
      case Verdict.Hold hold -> "HOLD";
      case Verdict.Refuse refuse -> refuse.reason().name();
    };
  }

  private static LogState log(boolean caughtUp, long awayMillis) {
    return new LogState() {
      @Override
      public boolean caughtUp() {
        return caughtUp;
      }

      @Override
      public Duration awayFor() {
        return Duration.ofMillis(awayMillis);
      }
    };
  }
}
