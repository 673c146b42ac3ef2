package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Visitors;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.Action;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
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
final class LookAfter implements AutoCloseable {
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
  void begin(Transition transition, Job job, StateChange asleep) {
    for (Duration look : LOOKS) {
      try {
        var unused =
            timer.schedule(
                () -> transition.lane().observe(() -> look(transition, job, asleep)),
                look.toMillis(),
                TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        return; // Closing.
      }
    }
  }

  private void look(Transition transition, Job job, StateChange asleep) {
    if (!asleep.equals(bench.journal().last(asleep.service(), asleep.container()))) {
      return;
    }
    String waiting = Visitors.waiting(LastLook.reading(bench, job));
    if (waiting == null) {
      return;
    }
    try {
      bench.permits().run(Action.WAKE, () -> bench.engine().unpause(job.name()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (EngineException e) {
      log.atWarn()
          .addKeyValue("container", job.name())
          .addKeyValue("cause", e.reason())
          .log("somebody waits at a sleeper's door and it cannot be woken, looking again");
      return;
    }
    bench
        .journal()
        .publish(
            transition.change(
                job.name(), RunState.SLEEPING, RunState.RUNNING, bench.clock().instant()));
    bench.audit(
        transition, job.name(), job.plan().step(), Outcome.GIVEN_UP, "after the pause: " + waiting);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
