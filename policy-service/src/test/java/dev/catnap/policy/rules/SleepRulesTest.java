package dev.catnap.policy.rules;

import static dev.catnap.policy.rules.SituationFixture.NOW;
import static dev.catnap.policy.rules.SituationFixture.idle;
import static dev.catnap.policy.rules.SituationFixture.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Hold;
import dev.catnap.events.Priority;
import dev.catnap.events.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SleepRulesTest {
  private static final Duration IDLE_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration MIN_SLEEP = Duration.ofMinutes(2);
  private static final Duration MS = Duration.ofMillis(1);

  static Stream<Arguments> edges() {
    Instant idleEdge = NOW.minus(IDLE_TIMEOUT);
    return Stream.of(
        row("disabled", false, "not enabled", idle().disabled()),
        row("disabled", false, "not defined", idle().policy(null)),
        row("held", false, "awake, 1 ms to go", held(Hold.Mode.AWAKE, NOW.plus(MS))),
        row("idle_timeout", true, "awake, just over", held(Hold.Mode.AWAKE, NOW)),
        row("held", true, "asleep, 1 ms to go", held(Hold.Mode.ASLEEP, NOW.plus(MS))),
        row("idle_timeout", true, "asleep, just over", held(Hold.Mode.ASLEEP, NOW)),
        row("held", true, "asleep, used as it was held", usedAndHeld(Duration.ZERO)),
        row("min_sleep_time", false, "asleep, used 1 ms after it was held", usedAndHeld(MS)),
        row("priority", false, "high", idle().priority(Priority.HIGH)),
        row("idle_timeout", true, "low", idle().priority(Priority.LOW)),
        row("unknown_state", false, "waking", idle().state(RunState.WAKING, NOW)),
        row("unknown_state", false, "unknown", idle().state(RunState.UNKNOWN, NOW)),
        row("unknown_state", false, "1 ms unseen", idle().observedSince(idleEdge.plus(MS))),
        row("idle_timeout", true, "window just seen", idle().observedSince(idleEdge)),
        row("min_sleep_time", false, "1 ms to go", idle().lastUsed(NOW.minus(MIN_SLEEP).plus(MS))),
        row("idle_timeout", false, "least time over", idle().lastUsed(NOW.minus(MIN_SLEEP))),
        row("in_flight", false, "one open", idle().inFlight(1)),
        row("in_flight", false, "one tunnel", idle().tunnels(1)),
        row("idle_timeout", true, "idle connections only", idle().connections(9)),
        row("idle_timeout", false, "tunnel closed 1 ms late", closed(idleEdge.plus(MS))),
        row("idle_timeout", true, "tunnel just closed long enough", closed(idleEdge)),
        row("load", false, "just above", idle().load(0.1000001)),
        row("idle_timeout", true, "load at the limit", idle().load(0.1)),
        row("network", false, "just above", idle().network(1024.001)),
        row("idle_timeout", true, "network at the limit", idle().network(1024)),
        row("schedule", false, "at its begin", window("Wed 12:00-13:00")),
        row("idle_timeout", true, "at its end", window("Wed 11:00-12:00")),
        row("schedule", false, "not readable", window("Wed sometimes")),
        row("dependents", false, "one awake", idle().neededBy("web")),
        row("idle_timeout", false, "1 ms to go", idle().lastUsed(idleEdge.plus(MS))),
        row("idle_timeout", true, "just over", idle().lastUsed(idleEdge)),
        row("idle_timeout", true, "never used", idle().lastUsed(null)),
        row(
            "idle_timeout",
            false,
            "started 1 ms inside the window",
            idle().state(RunState.RUNNING, idleEdge.plus(MS))));
  }

  private static Arguments row(String rule, boolean sleeps, String when, SituationFixture s) {
    return Arguments.of(rule, when, sleeps, s);
  }

  private static SituationFixture held(Hold.Mode mode, Instant until) {
    return idle().held(mode, NOW.minusSeconds(60), until);
  }

  private static SituationFixture closed(Instant at) {
    return idle().tunnelClosed(at);
  }

  private static SituationFixture usedAndHeld(Duration after) {
    Instant since = NOW.minusSeconds(60);
    return idle().held(Hold.Mode.ASLEEP, since, NOW.plusSeconds(60)).lastUsed(since.plus(after));
  }

  private static SituationFixture window(String window) {
    return idle().policy(scheduled(window));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("edges")
  void theFirstRuleThatSpeaks_decides(
      String rule, String when, boolean sleeps, SituationFixture situation) {
    Verdict verdict = situation.judged();
    assertThat(verdict.rule()).isEqualTo(rule);
    assertThat(verdict.sleep()).isEqualTo(sleeps);
  }

  @Test
  void rules_speakInTheirOrder() {
    SituationFixture all =
        idle()
            .inFlight(1)
            .load(1)
            .network(1e6)
            .neededBy("web")
            .lastUsed(NOW)
            .observedSince(NOW)
            .priority(Priority.HIGH)
            .held(Hold.Mode.AWAKE, NOW, NOW.plus(MS));
    assertThat(all.judged().rule()).isEqualTo("held");
    assertThat(all.at(NOW.plus(MS)).judged().rule()).isEqualTo("priority");
    assertThat(all.priority(Priority.LOW).judged().rule()).isEqualTo("unknown_state");
    all.observedSince(NOW.minus(Duration.ofDays(1)));
    assertThat(all.judged().rule()).isEqualTo("min_sleep_time");
    all.lastUsed(null);
    assertThat(all.judged().rule()).isEqualTo("in_flight");
    assertThat(all.inFlight(0).judged().rule()).isEqualTo("load");
    assertThat(all.load(0).judged().rule()).isEqualTo("network");
    assertThat(all.network(0).judged().rule()).isEqualTo("dependents");
    assertThat(all.neededBy().judged().rule()).isEqualTo("idle_timeout");
  }

  @Test
  void inFlight_saysHowManyConnections() {
    assertThat(idle().tunnels(2).judged().numbers())
        .containsEntry("connections", 2)
        .containsEntry("inFlight", 0);
    assertThat(idle().tunnels(2).judged().text()).contains("2 connections");
    assertThat(idle().inFlight(3).judged().numbers()).containsOnlyKeys("inFlight");
  }

  @Test
  void aStay_saysUntilWhenAndWithWhichNumbers() {
    Verdict verdict = idle().lastUsed(NOW.minusSeconds(300)).judged();
    assertThat(verdict.until()).isEqualTo(NOW.plusSeconds(300));
    assertThat(verdict.numbers())
        .containsEntry("idleSeconds", 300.0)
        .containsEntry("idleTimeoutSeconds", 600.0);
  }
}
