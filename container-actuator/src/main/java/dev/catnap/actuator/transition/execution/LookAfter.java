package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.AuditEntry;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Plan;
import dev.catnap.actuator.transition.Visitors;
import dev.catnap.events.Action;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a sleeper again for a while after its pause. A request that a gate let through just
 * before it heard of the sleep may be on its way for longer than the last look waits, and its
 * activity may be older than the sleep: nobody would wake the service for it. It is seen waiting at
 * the door, and is let in.
 *
 * <p>Whoever comes later than that has come through a gate that knew.
 */
public final class LookAfter implements AutoCloseable {
  /** When it is looked, counted from the pause; each look takes a millisecond or two. */
  static final List<Duration> LOOKS =
      List.of(
          Duration.ofMillis(50),
          Duration.ofMillis(150),
          Duration.ofMillis(400),
          Duration.ofMillis(1_000),
          Duration.ofMillis(2_500));

  private static final Logger log = LoggerFactory.getLogger(LookAfter.class);

  private final Workbench bench;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("look-after").factory());

  LookAfter(Workbench bench) {
    this.bench = bench;
  }

  /**
   * @param asleep as it was told
   */
  void begin(ServiceLane lane, ContainerSnapshot container, StateChange asleep) {
    for (Duration look : LOOKS) {
      try {
        var unused =
            timer.schedule(
                () -> lane.observe(() -> look(container, asleep)),
                look.toMillis(),
                TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        return; // Closing.
      }
    }
  }

  /**
   * Looks once at a sleeper that an earlier run may not have lived to look after; in its lane.
   *
   * @param asleep as it was told
   * @throws EngineException when the engine does not answer
   */
  public void lookOnce(StateChange asleep) {
    look(bench.engine().inspect(asleep.container()), asleep);
  }

  private void look(ContainerSnapshot container, StateChange asleep) {
    if (!asleep.equals(bench.journal().last(asleep.service(), asleep.container()))) {
      return;
    }
    String waiting = Visitors.waiting(LastLook.reading(bench, container));
    if (waiting == null) {
      return;
    }
    try {
      bench.permits().run(Action.WAKE, () -> bench.engine().unpause(container.name()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (EngineException e) {
      log.atWarn()
          .addKeyValue("container", container.name())
          .addKeyValue("cause", e.reason())
          .log("somebody waits at a sleeper's door and it cannot be woken, looking again");
      return;
    }
    Instant now = bench.clock().instant();
    var unused = bench.journal().publish(Changes.ending(asleep, RunState.RUNNING, now));
    bench.audit().add(entry(asleep, now, "after the pause: " + waiting));
  }

  private static AuditEntry entry(StateChange asleep, Instant now, String detail) {
    long until = asleep.tookMillis() == null ? 0 : asleep.tookMillis();
    return new AuditEntry(
        now,
        asleep.commandId() == null ? asleep.id() : asleep.commandId(),
        asleep.service(),
        asleep.container(),
        Action.SLEEP,
        Plan.Step.PAUSE,
        Outcome.GIVEN_UP,
        until + Math.max(0, Duration.between(asleep.at(), now).toMillis()),
        detail);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
