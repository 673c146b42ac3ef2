package dev.catnap.actuator.transition.execution;

import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.memory.MemoryEngine;
import dev.catnap.actuator.transition.AuditEntry;
import dev.catnap.actuator.transition.AuditTrail;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An executor on an engine in memory, what it is told to do, and what it tells. */
abstract class ExecutorHarness {
  static final Duration LOOK = Duration.ofMillis(20);
  static final Duration GRACE = Duration.ofMillis(250);
  static final NetworkReading IDLE = new NetworkReading(1000, 1, 0, 0, 0);
  static final Map<String, String> OURS = Map.of("catnap.enable", "true");

  final MemoryEngine engine = new MemoryEngine(Clock.systemUTC());
  final RecordedStates log = new RecordedStates();
  final List<Command> done = new CopyOnWriteArrayList<>();
  final AuditTrail audit = new AuditTrail(entry -> {});
  final Inventory inventory = new Inventory(new Ownership(Map.of()), true, engine::canCreate);
  StateJournal journal;
  CommandExecutor executor;
  private int commands;

  @BeforeEach
  void setUp() {
    journal = new StateJournal(log);
    executor = newExecutor();
  }

  CommandExecutor newExecutor() {
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

  void given(String name, ContainerStatus status) {
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
            Reason.EXTERNAL));
  }

  Command submit(Action action, String service) {
    return submit(action, service, Reason.MANUAL);
  }

  Command submit(Action action, String service, Reason reason) {
    Command command =
        new Command("c" + commands++, service, action, Instant.now(), reason, "rule", null, null);
    executor.submit(new ReceivedCommand(command, Instant.now(), () -> done.add(command)));
    return command;
  }

  void awaitDone(Command command) {
    await().atMost(Duration.ofSeconds(30)).until(() -> done.contains(command));
  }

  List<RunState> told(String service) {
    return log.published().stream()
        .filter(change -> change.service().equals(service))
        .map(StateChange::to)
        .toList();
  }

  Outcome outcome(Command command) {
    return audit.newest().stream()
        .filter(entry -> entry.commandId().equals(command.id()))
        .map(AuditEntry::outcome)
        .findFirst()
        .orElseThrow();
  }

  static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
