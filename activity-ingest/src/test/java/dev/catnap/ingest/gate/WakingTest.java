package dev.catnap.ingest.gate;

import static dev.catnap.ingest.gate.Stories.NOON;
import static dev.catnap.ingest.gate.Stories.failed;
import static dev.catnap.ingest.gate.Stories.waking;
import static dev.catnap.ingest.gate.Stories.went;
import static dev.catnap.ingest.gate.Stories.woken;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WakingTest {
  private static final Instant FIRST = NOON.plusSeconds(10);
  private static final Instant NOW = NOON.plusSeconds(13);

  private final WakeTimes times = new WakeTimes();

  private Waking seen(Situation situation, Refusal reason) {
    Verdict.Refuse refusal = new Verdict.Refuse(reason, RunState.UNKNOWN, "it is so");
    return Waking.of(situation, "app", refusal, times, FIRST, NOW);
  }

  @Test
  void aSleeperIsAskedForSinceItsFirstVisitor() {
    Waking waking = seen(stopped(), Refusal.NOT_IN_TIME);
    assertThat(waking).isEqualTo(new Waking("app", RunState.STOPPED, FIRST, NOW, null, null));
  }

  @Test
  void oneThatIsBeingWokenIsAskedForSinceThatBegan() {
    times.saw(waking("app", "main", RunState.STOPPED, NOON));
    times.saw(woken("app", "main", "1", NOON, NOON.plusSeconds(4)));
    Situation situation =
        stopped().with(waking("app", "main", RunState.STOPPED, NOON.plusSeconds(8)));
    Waking waking = seen(situation, Refusal.NOT_IN_TIME);
    assertThat(waking.askedSince()).isEqualTo(NOON.plusSeconds(8));
    assertThat(waking.usual()).isEqualTo(Duration.ofSeconds(4));
    assertThat(
            seen(stopped().with(waking("app", "main", RunState.STOPPED, NOW)), Refusal.NOT_IN_TIME)
                .askedSince())
        .as("the visitor came before it")
        .isEqualTo(FIRST);
  }

  @Test
  void aFailureIsTrouble() {
    Situation failed = stopped().with(failed("app", NOON.plusSeconds(1), "no such image"));
    assertThat(seen(failed, Refusal.NOT_IN_TIME).trouble()).isEqualTo("no such image");
    assertThat(seen(failed, Refusal.WAKE_FAILED).state()).isEqualTo(RunState.FAILED);
  }

  @Test
  void aCrowdIsNoTroubleButAMissingBrokerIs() {
    assertThat(seen(stopped(), Refusal.TOO_MANY_HELD).trouble()).isNull();
    assertThat(seen(stopped(), Refusal.BROKER_AWAY).trouble()).isEqualTo("it is so");
    assertThat(seen(null, Refusal.NOT_CAUGHT_UP).trouble()).isEqualTo("it is so");
  }

  @Test
  void aVisitorFromTheFutureHasJustCome() {
    Verdict.Refuse refusal = new Verdict.Refuse(Refusal.NOT_IN_TIME, RunState.STOPPED, "it is so");
    Instant later = NOW.plusSeconds(5);
    assertThat(Waking.of(stopped(), "app", refusal, times, later, NOW).askedSince()).isEqualTo(NOW);
  }

  private static Situation stopped() {
    return Situation.of("app").with(went("app", RunState.STOPPED, NOON));
  }
}
