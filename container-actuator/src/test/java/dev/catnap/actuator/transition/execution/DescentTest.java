package dev.catnap.actuator.transition.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class DescentTest extends ExecutorHarness {
  @Test
  void aSleepIsGivenUp_whenAWakeComesBeforeThePause() {
    given("web", ContainerStatus.RUNNING);
    CompletableFuture<?> slow = new CompletableFuture<>();
    log.answer(slow);
    Command sleep = submit(Action.SLEEP, "web");
    await().until(() -> told("web").contains(RunState.FALLING_ASLEEP));
    Command wake = submit(Action.WAKE, "web");
    log.answer(CompletableFuture.completedFuture(null));
    slow.complete(null);
    awaitDone(wake);
    assertThat(outcome(sleep)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.RUNNING);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void aStopIsGivenUp_whenAWakeComesWithinItsGrace() {
    given("web", ContainerStatus.RUNNING);
    Command stop = submit(Action.STOP, "web");
    await().until(() -> told("web").contains(RunState.FALLING_ASLEEP));
    awaitDone(submit(Action.WAKE, "web"));
    assertThat(outcome(stop)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  /** From the second look on, which is the first after the announcement. */
  private void seenAfterTheAnnouncement(String name, NetworkReading reading) {
    AtomicInteger looks = new AtomicInteger();
    engine.see(name, IDLE);
    engine.failWith((call, container) -> {
      if (call.equals("network") && looks.incrementAndGet() == 2) {
        engine.see(name, reading);
      }
    });
  }

  private static NetworkReading moved(long bytes) {
    return new NetworkReading(IDLE.bytes() + bytes, 1, 0, 0, 0);
  }

  @Test
  void aSleepIsGivenUp_whenSomebodyIsSeen_andNothingFailed() {
    given("web", ContainerStatus.RUNNING);
    seenAfterTheAnnouncement("web", moved(161));
    Command sleep = submit(Action.SLEEP, "web", Reason.IDLE);
    awaitDone(sleep);
    assertThat(outcome(sleep)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(audit.newest().getFirst().detail()).contains("161 bytes");
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.RUNNING);
    assertThat(log.published().getLast().failure()).isNull();
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void noise_keepsNothingAwake() {
    given("web", ContainerStatus.RUNNING);
    seenAfterTheAnnouncement("web", moved(160));
    awaitDone(submit(Action.SLEEP, "web", Reason.IDLE));
    assertThat(engine.inspect("web").isPaused()).isTrue();
  }

  @Test
  void whoCameWhileItWasPaused_isLetIn() {
    given("web", ContainerStatus.RUNNING);
    engine.failWith((call, name) -> {
      if (call.equals("pause")) {
        engine.see("web", new NetworkReading(0, 1, 1, 0, 0));
      }
    });
    Command sleep = submit(Action.SLEEP, "web", Reason.IDLE);
    awaitDone(sleep);
    assertThat(outcome(sleep)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.RUNNING);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void anAutomaticStop_isGivenUp_whenSomethingMovesInItsGrace() {
    given("web", ContainerStatus.RUNNING);
    seenAfterTheAnnouncement("web", moved(1000));
    Command stop = submit(Action.STOP, "web", Reason.PRESSURE);
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void aStop_leavesIdleConnectionsNoTime() {
    given("web", ContainerStatus.RUNNING);
    engine.see("web", IDLE);
    awaitDone(submit(Action.STOP, "web", Reason.PRESSURE));
    assertThat(engine.inspect("web").isDown()).isTrue();
  }

  @Test
  void aStopByHand_waitsUntilNothingMoves() {
    given("web", ContainerStatus.RUNNING);
    seenAfterTheAnnouncement("web", moved(1000));
    Command stop = submit(Action.STOP, "web");
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.DONE);
    assertThat(engine.inspect("web").isDown()).isTrue();
  }

  @Test
  void aStopByHand_waitsNoLongerThanTold() {
    given("web", ContainerStatus.RUNNING);
    engine.see("web", new NetworkReading(0, 1, 0, 0, 1));
    Command stop = submit(Action.STOP, "web");
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.DONE);
  }

  @Test
  void aSleeper_isNotStopped_whileSomebodyWaitsAtItsDoor() {
    given("web", ContainerStatus.PAUSED);
    engine.see("web", new NetworkReading(0, 1, 1, 0, 0));
    Command stop = submit(Action.STOP, "web", Reason.STOP_AFTER);
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(engine.inspect("web").isPaused()).isTrue();
    assertThat(told("web")).isEmpty();
  }

  @Test
  void aSleeper_isNotStoppedByItself_whileAConnectionMayWaitForItsAnswer() {
    given("web", ContainerStatus.PAUSED);
    engine.see("web", IDLE);
    Command stop = submit(Action.STOP, "web", Reason.STOP_AFTER);
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(engine.inspect("web").isPaused()).isTrue();
  }

  @Test
  void aSleeperStoppedByHand_runsOnceMore_whereAConnectionMayWaitForItsAnswer() {
    given("web", ContainerStatus.PAUSED);
    engine.see("web", IDLE);
    List<String> calls = new CopyOnWriteArrayList<>();
    engine.failWith((call, name) -> calls.add(call));
    Command stop = submit(Action.STOP, "web");
    awaitDone(stop);
    assertThat(outcome(stop)).isEqualTo(Outcome.DONE);
    assertThat(engine.inspect("web").isDown()).isTrue();
    assertThat(calls).containsSubsequence("unpause", "stop");
  }

  @Test
  void theMemoryOfASleeper_isTakenBack_downToItsReservation_andTold() {
    given("web", ContainerStatus.RUNNING);
    inventory.define(
        "web", Definitions.of("web", "sleep_policy", Map.of("memory_reservation", "1MB")));
    awaitDone(submit(Action.SLEEP, "web", Reason.IDLE));
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.SLEEPING);
    assertThat(log.published().getLast().residentBytes()).isEqualTo(1L << 20);
  }

  @Test
  void aWakeDoesNotWaitForMemoryToBeTakenBack() {
    given("web", ContainerStatus.RUNNING);
    CountDownLatch taking = new CountDownLatch(1);
    CountDownLatch hold = new CountDownLatch(1);
    engine.failWith((call, name) -> {
      if (call.equals("reclaim")) {
        taking.countDown();
        awaitQuietly(hold);
      }
    });
    submit(Action.SLEEP, "web", Reason.IDLE);
    awaitQuietly(taking);
    awaitDone(submit(Action.WAKE, "web"));
    assertThat(engine.inspect("web").isRunning()).isTrue();
    assertThat(told("web"))
        .containsExactly(
            RunState.FALLING_ASLEEP, RunState.SLEEPING, RunState.WAKING, RunState.RUNNING);
    hold.countDown();
  }

  /** A gate let it through just before, and nobody asks for it any more. */
  @Test
  void whoArrivesSoonAfterThePause_isLetIn() {
    given("web", ContainerStatus.RUNNING);
    awaitDone(submit(Action.SLEEP, "web", Reason.IDLE));
    assertThat(journal.state("web", "web")).isEqualTo(RunState.SLEEPING);
    engine.see("web", new NetworkReading(1000, 1, 1, 0, 0));
    await().atMost(Duration.ofSeconds(30)).until(() -> engine.inspect("web").isRunning());
    await().until(() -> journal.state("web", "web") == RunState.RUNNING);
    assertThat(told("web"))
        .containsExactly(RunState.FALLING_ASLEEP, RunState.SLEEPING, RunState.RUNNING);
  }

  @Test
  void withoutTheLog_nothingIsPutToSleep() {
    given("web", ContainerStatus.RUNNING);
    log.answer(CompletableFuture.failedFuture(new TimeoutException("no broker")));
    Command sleep = submit(Action.SLEEP, "web");
    awaitDone(sleep);
    assertThat(outcome(sleep)).isEqualTo(Outcome.GIVEN_UP);
    assertThat(engine.inspect("web").isRunning()).isTrue();
    assertThat(journal.state("web", "web")).isEqualTo(RunState.RUNNING);
  }

  @Test
  void aLogThatDoesNotAnswer_isNotWaitedForLongerThanTold() {
    given("web", ContainerStatus.RUNNING);
    log.answer(new CompletableFuture<>());
    Command sleep = submit(Action.SLEEP, "web");
    awaitDone(sleep);
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.RUNNING);
    assertThat(engine.inspect("web").isRunning()).isTrue();
  }

  @Test
  void aPauseThatFails_leavesTheServiceTellingItRuns() {
    given("web", ContainerStatus.RUNNING);
    engine.failWith((call, name) -> {
      if (call.equals("pause")) {
        throw new EngineException(EngineException.Kind.REFUSED, "no freezer");
      }
    });
    Command sleep = submit(Action.SLEEP, "web");
    awaitDone(sleep);
    assertThat(outcome(sleep)).isEqualTo(Outcome.FAILED);
    assertThat(told("web")).containsExactly(RunState.FALLING_ASLEEP, RunState.RUNNING);
    assertThat(log.published().getLast().failure()).isEqualTo("no freezer");
  }

  @Test
  void aContainerWhoseLabelWentAway_isNotTouched() {
    given("web", ContainerStatus.RUNNING);
    engine.put("web", ContainerStatus.RUNNING, Map.of());
    Command sleep = submit(Action.SLEEP, "web");
    awaitDone(sleep);
    assertThat(outcome(sleep)).isEqualTo(Outcome.REFUSED);
    assertThat(engine.inspect("web").isRunning()).isTrue();
    assertThat(told("web")).isEmpty();
  }
}
