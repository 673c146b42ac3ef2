package dev.catnap.actuator.transition.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.memory.MemoryEngine;
import dev.catnap.actuator.transition.AuditEntry;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.RecordedStates;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommandExecutorTest {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration GRACE = Duration.ofMillis(250);
  private static final NetworkReading IDLE = new NetworkReading(1000, 1, 0, 0, 0);
  private static final Map<String, String> OURS = Map.of("catnap.enable", "true");

  private final MemoryEngine engine = new MemoryEngine(Clock.systemUTC());
  private final RecordedStates log = new RecordedStates();
  private final List<Command> done = new CopyOnWriteArrayList<>();
  private final AuditTrail audit = new AuditTrail(entry -> {});
  private final Inventory inventory =
      new Inventory(new Ownership(Map.of()), true, engine::canCreate);
  private StateJournal journal;
  private CommandExecutor executor;
  private int commands;

  @BeforeEach
  void setUp() {
    journal = new StateJournal(log);
    executor = newExecutor();
  }

  private CommandExecutor newExecutor() {
    return new CommandExecutor(
        engine,
        inventory,
        journal,
        audit,
        new ExecutionSettings(
            3,
            Duration.ofMillis(300),
            LOOK,
            160,
            GRACE,
            Duration.ofMillis(400),
            true,
            Duration.ofSeconds(5),
            new ExecutionSettings.Restarts(
                2, Duration.ofMinutes(10), Duration.ofMillis(20), Duration.ofSeconds(1)),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1)),
        Clock.systemUTC(),
        () -> "here");
  }

  @AfterEach
  void close() {
    executor.close();
  }

  private void given(String name, ContainerStatus status) {
    engine.put(name, status, OURS);
    inventory.replaceAll(engine.list());
    RunState state =
        status == ContainerStatus.RUNNING
            ? RunState.RUNNING
            : status == ContainerStatus.PAUSED ? RunState.SLEEPING : RunState.STOPPED;
    journal.observed(
        new StateChange(
            "before/" + name,
            name,
            name,
            "here",
            RunState.UNKNOWN,
            state,
            Instant.now().minusSeconds(60),
            Reason.EXTERNAL,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private Command submit(Action action, String service) {
    return submit(action, service, Reason.MANUAL);
  }

  private Command submit(Action action, String service, Reason reason) {
    Command command =
        new Command("c" + commands++, service, action, Instant.now(), reason, "rule", null, null);
    executor.submit(new ReceivedCommand(command, Instant.now(), () -> done.add(command)));
    return command;
  }

  private void awaitDone(Command command) {
    await().atMost(Duration.ofSeconds(30)).until(() -> done.contains(command));
  }

  private List<RunState> told(String service) {
    return log.published().stream()
        .filter(change -> change.service().equals(service))
        .map(StateChange::to)
        .toList();
  }

  private Outcome outcome(Command command) {
    return audit.newest().stream()
        .filter(entry -> entry.commandId().equals(command.id()))
        .map(AuditEntry::outcome)
        .findFirst()
        .orElseThrow();
  }

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

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
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
            Reason.IDLE,
            null,
            null,
            null,
            null,
            null,
            null));
    Command wake = submit(Action.WAKE, "far");
    awaitDone(wake);
    assertThat(outcome(wake)).isEqualTo(Outcome.ELSEWHERE);
    assertThat(told("far")).isEmpty();
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
