package dev.catnap.actuator.transition.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.events.Action;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RecoveryTest extends ExecutorHarness {
  /** As the watcher tells it, in the service's lane. */
  private boolean dies(String name, Integer exitCode, boolean ended) {
    engine.stop(name, null);
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    StateChange end =
        Changes.external(
            "died/" + log.published().size(),
            name,
            name,
            "here",
            journal.state(name, name),
            RunState.STOPPED,
            Instant.now(),
            null);
    executor
        .lanes()
        .lane(name)
        .observe(() -> taken.complete(executor.recovery().take(end, exitCode, false, ended)));
    return taken.join();
  }

  @Test
  void aCrash_isToldAndStartedAgain_untilTheLimit_andFromAnewAfterAWake() {
    given("web", ContainerStatus.RUNNING);
    for (int crash = 1; crash <= 2; crash++) {
      assertThat(dies("web", 1, false)).isTrue();
      await().until(() -> journal.state("web", "web") == RunState.RUNNING);
    }
    assertThat(dies("web", 1, false)).isTrue();
    assertThat(told("web"))
        .containsExactly(
            RunState.WAKING, RunState.RUNNING, RunState.WAKING, RunState.RUNNING, RunState.FAILED);
    assertThat(log.published().getFirst().failure()).isEqualTo("exited with 1");
    assertThat(log.published().getFirst().reason()).isEqualTo(Reason.EXTERNAL);
    assertThat(log.published().getLast().failure()).contains("exited with 1", "2 times");
    awaitDone(submit(Action.WAKE, "web"));
    assertThat(journal.state("web", "web")).isEqualTo(RunState.RUNNING);
    assertThat(dies("web", 1, false)).isTrue();
    await().until(() -> journal.state("web", "web") == RunState.RUNNING);
  }

  @Test
  void crashesBeforeARestartOfTheActuator_count() {
    given("web", ContainerStatus.RUNNING);
    for (int crash = 1; crash <= 2; crash++) {
      assertThat(dies("web", 1, false)).isTrue();
      await().until(() -> journal.state("web", "web") == RunState.RUNNING);
    }
    executor.close();
    executor = newExecutor();
    List.copyOf(log.published()).forEach(executor.recovery()::recall);
    assertThat(dies("web", 1, false)).isTrue();
    assertThat(journal.state("web", "web")).isEqualTo(RunState.FAILED);
    awaitDone(submit(Action.WAKE, "web"));
    executor.close();
    executor = newExecutor();
    List.copyOf(log.published()).forEach(executor.recovery()::recall);
    assertThat(dies("web", 1, false)).isTrue();
    assertThat(journal.state("web", "web")).isNotEqualTo(RunState.FAILED);
  }

  @Test
  void aRestartThatAnEarlierRunAnnounced_isTakenUp() {
    given("web", ContainerStatus.RUNNING);
    engine.stop("web", null);
    journal.publish(
        Changes.external(
            "crash",
            "web",
            "web",
            "here",
            RunState.RUNNING,
            RunState.WAKING,
            Instant.now(),
            "exited with 1"));
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    executor
        .lanes()
        .lane("web")
        .observe(() -> taken.complete(executor.recovery().resume(journal.last("web", "web"))));
    assertThat(taken.join()).isTrue();
    await().until(() -> journal.state("web", "web") == RunState.RUNNING);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void whatWasEnded_orCameToItsEnd_staysDown() {
    given("web", ContainerStatus.RUNNING);
    assertThat(dies("web", 137, true)).isFalse();
    given("job", ContainerStatus.RUNNING);
    assertThat(dies("job", 0, false)).isFalse();
    assertThat(log.published()).isEmpty();
  }

  @Test
  void aStopWhileItWaitsToBeStarted_hasTheSay() {
    given("web", ContainerStatus.RUNNING);
    CountDownLatch hold = new CountDownLatch(1);
    assertThat(dies("web", 1, false)).isTrue();
    engine.failWith((call, name) -> {
      if (call.equals("start")) {
        hold.countDown();
      }
    });
    awaitDone(submit(Action.STOP, "web"));
    CompletableFuture<Boolean> pending = new CompletableFuture<>();
    executor
        .lanes()
        .lane("web")
        .observe(() -> pending.complete(executor.recovery().isPending("web", "web")));
    boolean startedBefore = hold.getCount() == 0;
    assertThat(startedBefore || !pending.join()).isTrue();
  }
}
