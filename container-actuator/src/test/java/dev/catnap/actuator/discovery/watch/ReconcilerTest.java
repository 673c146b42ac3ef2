package dev.catnap.actuator.discovery.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.memory.MemoryEngine;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.RecordedStates;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.execution.CommandExecutor;
import dev.catnap.actuator.transition.execution.ExecutionSettings;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReconcilerTest {
  private static final Map<String, String> OURS = Map.of("catnap.enable", "true");

  private static final DefinitionSink NOWHERE =
      new DefinitionSink() {
        @Override
        public void found(ServiceDefinition definition) {}

        @Override
        public void withdrawn(String service) {}
      };

  private final MemoryEngine engine = new MemoryEngine(Clock.systemUTC());
  private final RecordedStates log = new RecordedStates();
  private final Inventory inventory =
      new Inventory(new Ownership(Map.of()), true, engine::canCreate);
  private final StateJournal journal = new StateJournal(log);
  private final CommandExecutor executor =
      new CommandExecutor(
          engine,
          inventory,
          journal,
          new AuditTrail(entry -> {}),
          new ExecutionSettings(
              1,
              Duration.ofSeconds(1),
              Duration.ZERO,
              160,
              Duration.ZERO,
              Duration.ZERO,
              false,
              Duration.ofSeconds(1),
              new ExecutionSettings.Restarts(
                  1, Duration.ofMinutes(1), Duration.ofMillis(1), Duration.ofSeconds(1)),
              Duration.ofSeconds(1),
              Duration.ofMinutes(1),
              Duration.ofMinutes(1)),
          Clock.systemUTC(),
          () -> "here");

  @AfterEach
  void close() {
    executor.close();
  }

  private static StateChange known(RunState state) {
    return new StateChange(
        "before",
        "web",
        "web",
        "here",
        RunState.UNKNOWN,
        state,
        Instant.now().minusSeconds(60),
        Reason.EXTERNAL);
  }

  private void compare(List<ContainerSnapshot> listed) throws InterruptedException {
    new Reconciler(
            listing(listed),
            inventory,
            journal,
            executor,
            new LabelledServices(inventory, journal, NOWHERE, Duration.ofMinutes(1)),
            Clock.systemUTC())
        .compareAll("here");
    CountDownLatch seen = new CountDownLatch(1);
    executor.lanes().lane("web").observe(seen::countDown);
    assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
  }

  /** The engine, but for the list. */
  private ContainerEngine listing(List<ContainerSnapshot> listed) {
    return (ContainerEngine)
        Proxy.newProxyInstance(
            ContainerEngine.class.getClassLoader(),
            new Class<?>[] {ContainerEngine.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("list")) {
                return listed;
              }
              try {
                return method.invoke(engine, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A sleeper runs as soon as its freezer thaws; the engine lists it as paused a while longer. */
  @Test
  void aListThatIsOlderThanItSeemsTellsNothing() throws InterruptedException {
    engine.put("web", ContainerStatus.PAUSED, OURS);
    List<ContainerSnapshot> listed = engine.list();
    engine.unpause("web");
    journal.observed(known(RunState.RUNNING));
    compare(listed);
    assertThat(log.published()).isEmpty();
  }

  @Test
  void whatOthersDidIsTold() throws InterruptedException {
    engine.put("web", ContainerStatus.PAUSED, OURS);
    journal.observed(known(RunState.RUNNING));
    compare(engine.list());
    assertThat(log.published()).extracting(StateChange::to).containsExactly(RunState.SLEEPING);
  }

  @Test
  void whatIsFoundForTheFirstTimeIsToldAsListed() throws InterruptedException {
    engine.put("web", ContainerStatus.RUNNING, OURS);
    compare(engine.list());
    assertThat(log.published()).extracting(StateChange::to).containsExactly(RunState.RUNNING);
  }

  /** The engine goes on with a stop whose actuator was killed. */
  @Test
  void whatAStopMayEndYet_isNotToldAsRunning_untilItEnded() throws InterruptedException {
    engine.put("web", ContainerStatus.RUNNING, OURS);
    journal.observed(Changes.towards(known(RunState.FALLING_ASLEEP), RunState.STOPPED));
    compare(engine.list());
    assertThat(log.published()).isEmpty();
    engine.stop("web", null);
    compare(engine.list());
    assertThat(log.published()).extracting(StateChange::to).containsExactly(RunState.STOPPED);
  }

  @Test
  void aSleepThatWasAnnounced_andDidNotBecomeTrue_isToldAsItIs() throws InterruptedException {
    engine.put("web", ContainerStatus.RUNNING, OURS);
    journal.observed(Changes.towards(known(RunState.FALLING_ASLEEP), RunState.SLEEPING));
    compare(engine.list());
    assertThat(log.published()).extracting(StateChange::to).containsExactly(RunState.RUNNING);
  }

  /** The run that paused it may have been killed before it looked after it. */
  @Test
  void whoWaitsAtTheDoorOfASleeperFound_isLetIn() throws InterruptedException {
    engine.put("web", ContainerStatus.PAUSED, OURS);
    engine.see("web", new NetworkReading(0, 1, 1, 0, 0));
    journal.observed(known(RunState.FALLING_ASLEEP));
    compare(engine.list());
    assertThat(engine.inspect("web").isRunning()).isTrue();
    assertThat(log.published())
        .extracting(StateChange::to)
        .containsExactly(RunState.SLEEPING, RunState.RUNNING);
  }

  @Test
  void theEndOfAStoppedContainer_isToldOnce_andItsReturnAsNew() throws InterruptedException {
    engine.put("web", ContainerStatus.EXITED, OURS);
    journal.observed(known(RunState.STOPPED));
    compare(engine.list());
    assertThat(log.published()).isEmpty();
    engine.remove("web");
    compare(engine.list());
    compare(engine.list());
    assertThat(log.published())
        .extracting(StateChange::from, StateChange::to, StateChange::endsHistory)
        .containsExactly(tuple(RunState.STOPPED, RunState.STOPPED, true));
    engine.put("web", ContainerStatus.EXITED, OURS);
    compare(engine.list());
    assertThat(log.published().getLast())
        .extracting(StateChange::from, StateChange::to, StateChange::endsHistory)
        .containsExactly(RunState.UNKNOWN, RunState.STOPPED, false);
  }

  @Test
  void anEndThatTheLogLost_isToldAgain() throws InterruptedException {
    journal.observed(known(RunState.STOPPED));
    log.answer(CompletableFuture.failedFuture(new IllegalStateException("the broker is away")));
    compare(engine.list());
    log.answer(CompletableFuture.completedFuture(null));
    compare(engine.list());
    compare(engine.list());
    assertThat(log.published()).extracting(StateChange::endsHistory).containsExactly(true, true);
    assertThat(log.published()).extracting(StateChange::id).containsOnly("gone/before/web/STOPPED");
    assertThat(log.forgotten()).containsExactly("web/web");
  }

  /** Killed between the two records of an end, the next run reads the first. */
  @Test
  void anEndThatIsOnTheLogAlready_isNotToldAgain() throws InterruptedException {
    StateChange stopped = known(RunState.STOPPED);
    journal.observed(stopped);
    journal.observed(Changes.gone(stopped, RunState.STOPPED, Instant.now(), null));
    compare(engine.list());
    assertThat(log.published()).isEmpty();
    engine.put("web", ContainerStatus.EXITED, OURS);
    compare(engine.list());
    assertThat(log.published()).extracting(StateChange::from).containsExactly(RunState.UNKNOWN);
  }

  @Test
  void whatIsOursNoMore_isLetRun_andItsHistoryEnds() throws InterruptedException {
    engine.put("web", ContainerStatus.PAUSED, Map.of());
    journal.observed(known(RunState.SLEEPING));
    compare(engine.list());
    assertThat(engine.inspect("web").isRunning()).isTrue();
    assertThat(log.published())
        .extracting(StateChange::from, StateChange::to, StateChange::endsHistory)
        .containsExactly(tuple(RunState.SLEEPING, RunState.RUNNING, true));
  }

  @Test
  void anEnd_isLaterThanWhatWasToldBefore_whateverTheClocksSay() {
    StateChange before = known(RunState.STOPPED);
    assertThat(Changes.gone(before, RunState.STOPPED, Instant.EPOCH, null).at())
        .isAfter(before.at());
  }

  @Test
  void aSleeperFoundWithNobodyAtItsDoor_sleepsOn() throws InterruptedException {
    engine.put("web", ContainerStatus.PAUSED, OURS);
    journal.observed(known(RunState.SLEEPING));
    compare(engine.list());
    assertThat(engine.inspect("web").isPaused()).isTrue();
    assertThat(log.published()).isEmpty();
  }

  @Test
  void whatSomebodyElsePaused_isHis() throws InterruptedException {
    engine.put("web", ContainerStatus.PAUSED, OURS);
    engine.see("web", new NetworkReading(0, 1, 1, 0, 0));
    journal.observed(known(RunState.SLEEPING));
    compare(engine.list());
    assertThat(engine.inspect("web").isPaused()).isTrue();
  }
}
