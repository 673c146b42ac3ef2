package dev.catnap.actuator.transition.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WakeTest extends ExecutorHarness {
  @Test
  void onlyTheNewestWaitingCommandIsCarriedOut() throws InterruptedException {
    given("web", ContainerStatus.PAUSED);
    CountDownLatch hold = new CountDownLatch(1);
    engine.failWith((call, name) -> {
      if (call.equals("unpause")) {
        awaitQuietly(hold);
      }
    });
    submit(Action.WAKE, "web");
    await().until(() -> told("web").contains(RunState.WAKING));
    Command sleep = submit(Action.SLEEP, "web");
    Command wake = submit(Action.WAKE, "web");
    hold.countDown();
    awaitDone(wake);
    assertThat(outcome(sleep)).isEqualTo(Outcome.SUPERSEDED);
    assertThat(outcome(wake)).isEqualTo(Outcome.ALREADY_THERE);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void aFailingWakeIsTriedThrice() {
    given("web", ContainerStatus.PAUSED);
    AtomicInteger calls = new AtomicInteger();
    engine.failWith((call, name) -> {
      if (call.equals("unpause") && calls.incrementAndGet() < 3) {
        throw new EngineException(EngineException.Kind.UNREACHABLE, "broken pipe");
      }
    });
    Command wake = submit(Action.WAKE, "web");
    awaitDone(wake);
    assertThat(calls).hasValue(3);
    assertThat(told("web")).containsExactly(RunState.WAKING, RunState.RUNNING);
  }

  @Test
  void aWakeThatFailsThrice_isFailed_untilTheNextCommand() {
    given("web", ContainerStatus.PAUSED);
    engine.failWith((call, name) -> {
      if (call.equals("unpause")) {
        throw new EngineException(EngineException.Kind.UNREACHABLE, "broken pipe");
      }
    });
    awaitDone(submit(Action.WAKE, "web"));
    assertThat(told("web")).containsExactly(RunState.WAKING, RunState.FAILED);
    assertThat(log.published().getLast().failure()).isEqualTo("broken pipe");
    engine.failWith((call, name) -> {});
    awaitDone(submit(Action.WAKE, "web"));
    assertThat(journal.state("web", "web")).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aWakeWaitsForWhatItDependsOn() {
    given("app", ContainerStatus.PAUSED);
    given("db", ContainerStatus.PAUSED);
    inventory.define("app", Definitions.of("app", "depends_on", List.of("db")));
    Command app = submit(Action.WAKE, "app");
    await().until(() -> told("app").contains(RunState.WAKING));
    assertThat(engine.inspect("app").isPaused()).isTrue();
    submit(Action.WAKE, "db");
    awaitDone(app);
    assertThat(engine.inspect("app").isRunning()).isTrue();
    List<String> running =
        log.published().stream()
            .filter(change -> change.to() == RunState.RUNNING)
            .sorted(Comparator.comparing(StateChange::at))
            .map(StateChange::service)
            .toList();
    assertThat(running).containsExactly("db", "app");
  }

  @Test
  void aWakeOfWhatCannotBeMade_failsWithWhatToDo() {
    inventory.define("ghost", Definitions.of("ghost"));
    awaitDone(submit(Action.WAKE, "ghost"));
    assertThat(told("ghost")).containsExactly(RunState.FAILED);
    assertThat(log.published().getLast().failure())
        .contains("there is no container ghost", "image");
  }

  @Test
  void aWakeOfWhatAnotherHostHas_isLeftToThatHost() {
    inventory.define("far", Definitions.of("far"));
    journal.observed(
        new StateChange(
            "before",
            "far",
            "far",
            "there",
            RunState.RUNNING,
            RunState.SLEEPING,
            Instant.now(),
            Reason.IDLE));
    Command wake = submit(Action.WAKE, "far");
    awaitDone(wake);
    assertThat(outcome(wake)).isEqualTo(Outcome.ELSEWHERE);
    assertThat(told("far")).isEmpty();
  }
}
