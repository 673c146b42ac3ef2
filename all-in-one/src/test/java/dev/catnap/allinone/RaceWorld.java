package dev.catnap.allinone;

import dev.catnap.actuator.discovery.Inventory;
import dev.catnap.actuator.discovery.Ownership;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.memory.MemoryEngine;
import dev.catnap.actuator.transition.AuditTrail;
import dev.catnap.actuator.transition.StateJournal;
import dev.catnap.actuator.transition.StateLog;
import dev.catnap.actuator.transition.execution.CommandExecutor;
import dev.catnap.actuator.transition.execution.ExecutionSettings;
import dev.catnap.actuator.transition.execution.ReceivedCommand;
import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.Command;
import dev.catnap.events.Priority;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.SleepPolicy;
import dev.catnap.events.StateChange;
import dev.catnap.ingest.gate.Gate;
import dev.catnap.ingest.gate.KnownServices;
import dev.catnap.ingest.gate.LogState;
import dev.catnap.ingest.gate.Verdict;
import dev.catnap.ingest.gate.Waiter;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.policy.catalog.Fleet;
import dev.catnap.policy.idleness.Decision;
import dev.catnap.policy.idleness.Evolution;
import dev.catnap.policy.idleness.IdlePolicy;
import dev.catnap.policy.idleness.PolicyEvent;
import dev.catnap.policy.idleness.ServiceFacts;
import dev.catnap.policy.idleness.Surroundings;
import dev.catnap.policy.rules.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * The cores and the executor as they are, on containers in memory, joined by lanes in place of
 * topics: each keeps its order, and takes a time that a seed decides. No broker, no network.
 */
final class RaceWorld implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final LogState UP =
      new LogState() {
        @Override
        public boolean caughtUp() {
          return true;
        }

        @Override
        public Duration awayFor() {
          return Duration.ZERO;
        }
      };

  private final Clock clock = Clock.systemUTC();
  private final MemoryEngine engine = new MemoryEngine(clock);
  private final Inventory inventory =
      new Inventory(new Ownership(Map.of()), true, engine::canCreate);
  private final StateJournal journal = new StateJournal(new Log());
  private final CommandExecutor actuator =
      new CommandExecutor(
          engine, inventory, journal, new AuditTrail(entry -> {}), settings(), clock, () -> "here");
  private final KnownServices known = new KnownServices();
  private final WaitingRoom room = new WaitingRoom(1000, 10_000);
  private final Gate gate = new Gate(Duration.ofSeconds(5));
  private final Map<String, ServiceFacts> facts = new ConcurrentHashMap<>();
  private final List<StateChange> story = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> doors = new ConcurrentHashMap<>();
  private final AtomicInteger ids = new AtomicInteger();
  private final ExecutorService commands = Executors.newSingleThreadExecutor();
  private final RaceLanes lanes;

  RaceWorld(long seed) {
    lanes = new RaceLanes(seed);
    known.onChange(service ->
        room.tell(service, waiter -> gate.settle(known.of(service), service, waiter.arrivedAt())));
  }

  private static ExecutionSettings settings() {
    return new ExecutionSettings(
        4,
        Duration.ofSeconds(5),
        Duration.ofMillis(1),
        160,
        Duration.ofMillis(250),
        Duration.ofSeconds(1),
        false,
        Duration.ofSeconds(1),
        new ExecutionSettings.Restarts(
            2, Duration.ofMinutes(10), Duration.ofMillis(20), Duration.ofSeconds(1)),
        Duration.ofSeconds(5),
        Duration.ofMinutes(10),
        Duration.ofMinutes(1));
  }

  /** What the executor publishes goes to the gate and to the policy, each in its own time. */
  private final class Log implements StateLog {
    @Override
    public CompletableFuture<?> append(List<StateChange> changes) {
      changes.forEach(this::append);
      return CompletableFuture.completedFuture(null);
    }

    private void append(StateChange change) {
      story.add(change);
      lanes.deliver("gate/" + change.service(), () -> known.changed(change));
      lanes.deliver(
          "policy/" + change.service(),
          () -> happens(change.service(), new PolicyEvent.Changed(change, clock.instant())));
    }

    @Override
    public CompletableFuture<?> forget(String containerKey) {
      return CompletableFuture.completedFuture(null);
    }
  }

  /** A service that runs, and may sleep after two milliseconds without use. */
  void put(String service) {
    engine.put(service, ContainerStatus.RUNNING, Map.of("catnap.enable", "true"));
    inventory.replaceAll(engine.list());
    SleepPolicy policy =
        new SleepPolicy(
            true, Duration.ofMillis(2), Duration.ZERO, null, Priority.NORMAL, 0.1, null, List.of());
    Instant before = clock.instant().minusSeconds(60);
    ServiceDefinition definition =
        ServiceDefinition.adopted(service, before).withSleepPolicy(policy);
    facts.put(service, ServiceFacts.unheard(service));
    happens(service, new PolicyEvent.Defined(definition, before));
    journal.publish(
        new StateChange(
            "first/" + service,
            service,
            service,
            "here",
            RunState.UNKNOWN,
            RunState.RUNNING,
            before,
            Reason.EXTERNAL));
    Awaitility.await(service + " is known to the gate")
        .atMost(LIMIT)
        .until(() -> known.of(service) != null);
  }

  /** The policy looks whether something is due. */
  void tick(String service) {
    lanes.now("policy/" + service, () -> happens(service, new PolicyEvent.Ticked(clock.instant())));
  }

  /** In the lane of the policy's partition, as all that changes facts. */
  private void happens(String service, PolicyEvent event) {
    Surroundings around =
        new Surroundings(clock.instant().minusSeconds(60), Fleet.NONE, Limits.DEFAULT);
    ServiceFacts after = Evolution.evolve(facts.get(service), event);
    Decision decision = IdlePolicy.decide(after, event, around);
    if (decision.commanded() != null) {
      after = Evolution.evolve(after, decision.commanded());
    }
    facts.put(service, after);
    decision.commands().forEach(this::send);
  }

  private void send(Command command) {
    commands.execute(
        () -> actuator.submit(new ReceivedCommand(command, clock.instant(), () -> {})));
  }

  /**
   * A request through the gate to its answer.
   *
   * @return what the gate said first
   * @throws AssertionError when it is lost
   */
  Verdict request(String service, Runnable way) throws Exception {
    Instant arrivedAt = clock.instant();
    Verdict first = gate.decide(known.of(service), service, UP);
    Activity activity =
        new Activity(
            service, arrivedAt, ActivityKind.REQUEST, 1, null, "gate", "r" + ids.incrementAndGet());
    lanes.deliver(
        "policy/" + service,
        () -> happens(service, new PolicyEvent.Used(activity, clock.instant())));
    if (!(first instanceof Verdict.Pass)) {
      hold(service, arrivedAt);
    }
    way.run();
    visit(service);
    return first;
  }

  private void hold(String service, Instant arrivedAt) throws Exception {
    Waiter waiter = room.enter(service, arrivedAt);
    try {
      Verdict already = gate.settle(known.of(service), service, arrivedAt);
      Verdict verdict =
          already != null ? already : waiter.verdict().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
      if (!(verdict instanceof Verdict.Pass)) {
        throw new AssertionError(service + " was refused: " + verdict + "\n" + story(service));
      }
    } catch (TimeoutException e) {
      throw new AssertionError(service + " was not let through\n" + story(service), e);
    } finally {
      room.leave(waiter);
    }
  }

  /** At the door of the container, for all to see: answered once it runs. */
  private void visit(String service) {
    if (engine.inspect(service).isRunning()) {
      return;
    }
    atTheDoor(service, 1);
    try {
      awaitRunning(service);
    } finally {
      atTheDoor(service, -1);
    }
  }

  private void atTheDoor(String service, int more) {
    doors.compute(
        service,
        (name, there) -> {
          int now = (there == null ? 0 : there) + more;
          engine.see(name, new NetworkReading(0, 1, now, 0, 0));
          return now;
        });
  }

  private void awaitRunning(String service) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!engine.inspect(service).isRunning()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(service + " was never answered\n" + story(service));
      }
      lanes.pause(Duration.ofNanos(200_000));
    }
  }

  private String story(String service) {
    return story.stream()
        .filter(change -> change.service().equals(service))
        .map(change -> change.at() + " " + change.from() + " -> " + change.to())
        .reduce("", (all, one) -> all + one + "\n");
  }

  long sleeps() {
    return story.stream().filter(change -> change.to() == RunState.SLEEPING).count();
  }

  @Override
  public void close() {
    commands.shutdownNow();
    actuator.close();
    lanes.close();
  }
}
