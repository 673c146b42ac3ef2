package dev.catnap.actuator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.EngineEvent.Kind;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {
  private static final Instant NOON = Instant.parse("2026-10-01T12:00:00Z");

  private static EngineEvent event(Kind kind, Instant at, Integer exitCode) {
    return new EngineEvent("e/" + at, kind, "id", "web-1", at, exitCode, Map.of());
  }

  private static StateChange last(RunState state) {
    return new StateChange(
        "last",
        "web",
        "web-1",
        "here",
        RunState.UNKNOWN,
        state,
        NOON,
        Reason.MANUAL,
        "c",
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private static StateChange observe(Kind kind, Instant at, RunState state) {
    return Observation.of(event(kind, at, null), "web", "here", last(state), false);
  }

  private static StateChange look(ContainerStatus status, Instant at, StateChange last) {
    ContainerSnapshot seen = ContainerSnapshot.listed("id", "web-1", status, null, null, Map.of());
    return Observation.of(seen, at, "web", "here", last);
  }

  @Test
  void aPauseByHand_isAnExternalChange() {
    StateChange change = observe(Kind.PAUSED, NOON.plusMillis(1), RunState.RUNNING);
    assertThat(change.from()).isEqualTo(RunState.RUNNING);
    assertThat(change.to()).isEqualTo(RunState.SLEEPING);
    assertThat(change.reason()).isEqualTo(Reason.EXTERNAL);
    assertThat(change.at()).isEqualTo(NOON.plusMillis(1));
  }

  @Test
  void whatIsNotNewerThanTheLastChange_isOurOwnDoing() {
    assertThat(observe(Kind.PAUSED, NOON, RunState.RUNNING)).isNull();
    assertThat(observe(Kind.PAUSED, NOON.minusMillis(1), RunState.RUNNING)).isNull();
  }

  @Test
  void whatIsSoAlready_isNoChange() {
    assertThat(observe(Kind.UNPAUSED, NOON.plusMillis(1), RunState.RUNNING)).isNull();
  }

  /**
   * An engine lets a sleeper run to stop it: who takes that for awake sends requests to its end.
   */
  @Test
  void aSleeperLetRunInTheMiddleOfAStop_isNotAwake() {
    StateChange stopping = Changes.towards(last(RunState.FALLING_ASLEEP), RunState.STOPPED);
    Instant then = NOON.plusMillis(1);
    assertThat(Observation.of(event(Kind.UNPAUSED, then, null), "web", "here", stopping, false))
        .isNull();
    assertThat(Observation.of(event(Kind.DIED, then, 137), "web", "here", stopping, false).to())
        .isEqualTo(RunState.STOPPED);
    assertThat(Observation.of(event(Kind.STARTED, then, null), "web", "here", stopping, false).to())
        .isEqualTo(RunState.RUNNING);
  }

  @Test
  void theSameEvent_hasTheSameId() {
    assertThat(observe(Kind.PAUSED, NOON.plusMillis(1), RunState.RUNNING))
        .isEqualTo(observe(Kind.PAUSED, NOON.plusMillis(1), RunState.RUNNING));
  }

  @Test
  void aCrash_carriesItsReason_andOutOfMemoryIsToldApart() {
    EngineEvent died = event(Kind.DIED, NOON.plusSeconds(1), 1);
    assertThat(Observation.of(died, "web", "here", last(RunState.RUNNING), false).failure())
        .isEqualTo("exited with code 1");
    EngineEvent killed = event(Kind.DIED, NOON.plusSeconds(1), 137);
    assertThat(Observation.of(killed, "web", "here", last(RunState.RUNNING), true).failure())
        .contains("OOM");
    assertThat(Observation.of(killed, "web", "here", last(RunState.RUNNING), false).failure())
        .isNull();
  }

  @Test
  void failedStays_untilSomebodyBringsItUp() {
    assertThat(observe(Kind.DIED, NOON.plusMillis(1), RunState.FAILED)).isNull();
    assertThat(observe(Kind.STARTED, NOON.plusMillis(1), RunState.FAILED).to())
        .isEqualTo(RunState.RUNNING);
    assertThat(look(ContainerStatus.RUNNING, NOON.plusMillis(1), last(RunState.FAILED))).isNull();
  }

  @Test
  void aLook_tellsTheDifference_once() {
    StateChange found =
        look(ContainerStatus.PAUSED, NOON.plusMillis(1), last(RunState.FALLING_ASLEEP));
    assertThat(found.to()).isEqualTo(RunState.SLEEPING);
    assertThat(look(ContainerStatus.PAUSED, NOON.plusMillis(2), found)).isNull();
    assertThat(look(ContainerStatus.RUNNING, NOON, last(RunState.SLEEPING))).isNull();
  }

  @Test
  void whatIsSeenFirst_comesFromUnknown() {
    StateChange found = look(ContainerStatus.ABSENT, NOON, null);
    assertThat(found.from()).isEqualTo(RunState.UNKNOWN);
    assertThat(found.to()).isEqualTo(RunState.STOPPED);
  }

  /**
   * A wake is named after the change before it, and one with a name known already is passed over.
   */
  @Test
  void whatWasForgotten_isFoundAnew() {
    assertThat(look(ContainerStatus.ABSENT, NOON.plusSeconds(9), null).id())
        .isNotEqualTo(look(ContainerStatus.ABSENT, NOON, null).id());
  }
}
