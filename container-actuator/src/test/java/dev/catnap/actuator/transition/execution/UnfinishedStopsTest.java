package dev.catnap.actuator.transition.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class UnfinishedStopsTest extends ExecutorHarness {
  private final List<String> calls = new CopyOnWriteArrayList<>();

  /** As far as a run came that was killed while the engine stopped its container. */
  private void killedInTheMiddleOfAStop() {
    given("web", ContainerStatus.RUNNING);
    Instant now = Instant.now();
    Command stop =
        new Command("before", "web", Action.STOP, now, Reason.STOP_AFTER, "stop_after", null, null);
    StateChange falling =
        Changes.commanded(
            stop, now, "web", "here", RunState.SLEEPING, RunState.FALLING_ASLEEP, now);
    journal.publish(Changes.towards(falling, RunState.STOPPED));
    engine.failWith((call, name) -> calls.add(call));
  }

  @Test
  void theStopOfASleeper_isAnnounced() {
    given("web", ContainerStatus.PAUSED);
    awaitDone(submit(Action.STOP, "web", Reason.STOP_AFTER));
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.STOPPED);
    StateChange announced = log.published().getFirst();
    assertThat(announced.announcesStop()).isTrue();
    assertThat(announced.from()).isEqualTo(RunState.SLEEPING);
  }

  @Test
  void aSleep_announcesNoStop() {
    given("web", ContainerStatus.RUNNING);
    awaitDone(submit(Action.SLEEP, "web", Reason.IDLE));
    StateChange announced = log.published().getFirst();
    assertThat(announced.towards()).isEqualTo(RunState.SLEEPING);
    assertThat(announced.announcesStop()).isFalse();
  }

  @Test
  void theNextWake_finishesIt_andStartsTheContainer() {
    killedInTheMiddleOfAStop();
    awaitDone(submit(Action.WAKE, "web", Reason.ACTIVITY));
    assertThat(told("web"))
        .containsExactly(
            RunState.FALLING_ASLEEP, RunState.STOPPED, RunState.WAKING, RunState.RUNNING);
    assertThat(calls).containsSubsequence("stop", "start");
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  /** With the id that the change would have had, so that it is the same to whoever folds it. */
  @Test
  void theStopReadAgain_finishesIt_asItsFirstRunWouldHaveToldIt() {
    killedInTheMiddleOfAStop();
    Command again = submit(Action.STOP, "web", Reason.STOP_AFTER);
    awaitDone(again);
    assertThat(outcome(again)).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.STOPPED);
    StateChange end = log.published().getLast();
    assertThat(end.id()).isEqualTo("before/web/STOPPED");
    assertThat(end.reason()).isEqualTo(Reason.STOP_AFTER);
    assertThat(end.from()).isEqualTo(RunState.FALLING_ASLEEP);
  }

  @Test
  void aStopThatTheEngineDidNotAnswer_staysAnnounced() {
    given("web", ContainerStatus.PAUSED);
    engine.failWith((call, name) -> {
      if (call.equals("stop")) {
        throw new EngineException(EngineException.Kind.TIMED_OUT, "no answer");
      }
    });
    Command stop = submit(Action.STOP, "web", Reason.STOP_AFTER);
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.FAILED);
    assertThat(journal.last("web", "web").announcesStop()).isTrue();
    engine.failWith((call, name) -> {});
    awaitDone(submit(Action.WAKE, "web", Reason.ACTIVITY));
    assertThat(told("web"))
        .containsExactly(
            RunState.FALLING_ASLEEP, RunState.STOPPED, RunState.WAKING, RunState.RUNNING);
  }

  @Test
  void aStopThatTheEngineRefused_isNone() {
    given("web", ContainerStatus.PAUSED);
    engine.failWith((call, name) -> {
      if (call.equals("stop")) {
        throw new EngineException(EngineException.Kind.REFUSED, "no");
      }
    });
    awaitDone(submit(Action.STOP, "web", Reason.STOP_AFTER));
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.SLEEPING);
  }

  /** 0.4 s for connections to drain, as set above, 10 s of grace, 5 s for the order and the end. */
  @Test
  void whatSeemsToRun_isBelieved_whenTheStopWouldLongHaveEndedIt() {
    given("web", ContainerStatus.RUNNING);
    Instant announcedAt = Instant.now().plusSeconds(60);
    Instant end = announcedAt.plusMillis(15_400);
    assertThat(mayEnd(RunState.STOPPED, announcedAt, end.minusMillis(1))).isTrue();
    assertThat(mayEnd(RunState.STOPPED, announcedAt, end)).isFalse();
    assertThat(mayEnd(RunState.SLEEPING, announcedAt, announcedAt)).isFalse();
  }

  /** An earlier run cannot have ordered anything since this one began. */
  @Test
  void anOldAnnouncement_countsFromTheStartOfThisRun() {
    given("web", ContainerStatus.RUNNING);
    Instant now = Instant.now();
    assertThat(mayEnd(RunState.STOPPED, now.minusSeconds(3600), now.plusSeconds(5))).isTrue();
    assertThat(mayEnd(RunState.STOPPED, now.minusSeconds(3600), now.plusSeconds(60))).isFalse();
  }

  private boolean mayEnd(RunState towards, Instant announcedAt, Instant now) {
    StateChange announced =
        Changes.towards(
            Changes.external(
                "c",
                "web",
                "web",
                "here",
                RunState.SLEEPING,
                RunState.FALLING_ASLEEP,
                announcedAt,
                null),
            towards);
    return executor.unfinishedStops().mayEnd(engine.inspect("web"), announced, now);
  }
}
