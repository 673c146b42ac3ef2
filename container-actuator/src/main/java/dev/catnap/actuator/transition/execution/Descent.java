package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.EngineStates;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Plan;
import dev.catnap.actuator.transition.Visitors;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings a service down a step of the ladder, to sleep or to a stop.
 *
 * <p>It announces itself before it acts and waits until the log has the announcement, so that
 * whoever lets requests through knows; then it {@linkplain LastLook looks} once more whether
 * somebody came, and gives up if so. Without the log nothing is brought down: nobody could ask for
 * it back.
 *
 * <p>A sleeper is told to sleep once its memory is {@linkplain Reclaimer taken back}, so that the
 * change says what stays resident; until then it counts as falling asleep, which a wake ends at any
 * moment.
 */
final class Descent {
  private final Workbench bench;
  private final Reclaimer reclaimer;
  private final LookAfter lookAfter;

  Descent(Workbench bench, Reclaimer reclaimer, LookAfter lookAfter) {
    this.bench = bench;
    this.reclaimer = reclaimer;
    this.lookAfter = lookAfter;
  }

  void run(Transition transition) throws InterruptedException {
    List<Job> jobs = letAnswer(transition, bench.plan(transition));
    List<Job> refused = jobs.stream().filter(job -> job.plan().refusal() != null).toList();
    if (!refused.isEmpty()) {
      refused.forEach(job ->
          bench.audit(
              transition, job.name(), Plan.Step.REFUSE, Outcome.REFUSED, job.plan().refusal()));
      return;
    }
    jobs.stream().filter(job -> !job.plan().isAction()).forEach(job -> confirm(transition, job));
    List<Job> down = jobs.stream().filter(job -> job.plan().isAction()).toList();
    if (down.isEmpty()) {
      return;
    }
    LastLook look = LastLook.begin(bench, transition, down);
    String before = look.atTheDoor();
    if (before != null) {
      auditGivenUp(transition, down, "given up: " + before);
      return;
    }
    String unheard = announce(transition, down);
    if (unheard != null) {
      giveUp(transition, down, unheard, unheard);
      return;
    }
    String seen = look.await();
    if (seen == null) {
      seen = bringDown(transition, down.getFirst(), look);
    }
    if (seen != null) {
      giveUp(transition, down, "given up: " + seen, null);
      return;
    }
    down.stream().skip(1).forEach(job -> bringDown(transition, job, null));
  }

  /**
   * A sleeper that is to be stopped by hand and has connections runs once more first: it may have
   * read a request before the pause, and answers it while the stop waits for connections to drain.
   */
  private List<Job> letAnswer(Transition transition, List<Job> jobs) throws InterruptedException {
    Command command = transition.command();
    if (command.action() != Action.STOP || command.reason() != Reason.MANUAL) {
      return jobs;
    }
    List<Job> ready = new ArrayList<>();
    for (Job job : jobs) {
      boolean asleep = job.plan().isAction() && job.container().isPaused();
      if (asleep && Visitors.atTheDoor(LastLook.reading(bench, job)) != null) {
        bench.permits().run(Action.WAKE, () -> bench.engine().unpause(job.name()));
        ready.add(bench.plan(transition, job.name()));
      } else {
        ready.add(job);
      }
    }
    return ready;
  }

  /** What is there already needs no act; if that was never told, as after a crash, it is now. */
  private void confirm(Transition transition, Job job) {
    RunState is = EngineStates.of(job.container().status());
    RunState told = state(transition, job);
    if (told != is && told != RunState.FAILED) {
      publish(transition, job.container(), is, null);
    }
    StateChange asleep = bench.journal().last(transition.command().service(), job.name());
    if (is == RunState.SLEEPING && asleep != null) {
      // The run that paused it may not have lived to look after it.
      lookAfter.begin(transition, job, asleep);
    }
    bench.audit(transition, job.name(), job.plan().step(), Outcome.ALREADY_THERE, null);
  }

  /**
   * @return why nothing may be brought down; null when the log has the announcement
   */
  private @Nullable String announce(Transition transition, List<Job> down)
      throws InterruptedException {
    CompletableFuture<?>[] written =
        down.stream()
            .map(job ->
                bench
                    .journal()
                    .publish(
                        transition.announcement(
                            job.name(), state(transition, job), bench.clock().instant())))
            .toArray(CompletableFuture[]::new);
    Duration within = bench.settings().announceTimeout();
    try {
      CompletableFuture.allOf(written).get(within.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    } catch (ExecutionException e) {
      return "given up: the log did not take the announcement: " + e.getCause();
    } catch (TimeoutException e) {
      return "given up: the log did not take the announcement within " + within.toMillis() + " ms";
    }
  }

  /** Nothing failed when somebody came: the state says so, and the audit says who. */
  private void giveUp(Transition transition, List<Job> down, String why, @Nullable String failure) {
    down.forEach(job ->
        publish(transition, job.container(), EngineStates.of(job.container().status()), failure));
    auditGivenUp(transition, down, why);
  }

  private void auditGivenUp(Transition transition, List<Job> down, String why) {
    down.forEach(
        job -> bench.audit(transition, job.name(), job.plan().step(), Outcome.GIVEN_UP, why));
  }

  /**
   * @param look asked at the last moment; null: the service is on its way down already
   * @return who came, so that it is not brought down; null where it is, or cannot be
   */
  private @Nullable String bringDown(Transition transition, Job job, @Nullable LastLook look) {
    try {
      String seen = act(transition, job, look);
      if (seen != null) {
        return seen;
      }
      ContainerSnapshot container = bench.engine().inspect(job.name());
      reclaimer.run(transition.service().definition(), container, transition.lane());
      RunState is = EngineStates.of(container.status());
      StateChange told = publish(transition, container, is, null);
      bench.audit(transition, job.name(), job.plan().step(), Outcome.DONE, null);
      if (told != null && is == RunState.SLEEPING) {
        lookAfter.begin(transition, new Job(container, job.plan()), told);
      }
    } catch (InterruptedException e) {
      throw Workbench.interrupted(e);
    } catch (EngineException e) {
      if (e.kind() == EngineException.Kind.INTERRUPTED) {
        throw e;
      }
      ContainerSnapshot is = asItIs(job);
      if (!mayHappenYet(job, is, e)) {
        // It is told as it is: one that could not be brought down still serves.
        publish(transition, is, EngineStates.of(is.status()), e.reason());
      }
      bench.audit(transition, job.name(), job.plan().step(), Outcome.FAILED, e.reason());
    }
    return null;
  }

  /** A stop that the engine did not answer: it stays announced until its end shows. */
  private static boolean mayHappenYet(Job job, ContainerSnapshot is, EngineException failed) {
    return job.plan().step() == Plan.Step.STOP
        && !is.isDown()
        && (failed.kind() == EngineException.Kind.TIMED_OUT
            || failed.kind() == EngineException.Kind.UNREACHABLE);
  }

  private ContainerSnapshot asItIs(Job job) {
    try {
      return bench.engine().inspect(job.name());
    } catch (EngineException e) {
      return job.container();
    }
  }

  private @Nullable String act(Transition transition, Job job, @Nullable LastLook look) {
    boolean pause = job.plan().step() == Plan.Step.PAUSE;
    AtomicReference<@Nullable String> seen = new AtomicReference<>();
    try {
      bench
          .permits()
          .run(
              pause ? Action.SLEEP : Action.STOP,
              () -> {
                // Time may have passed while it waited for its turn.
                seen.set(look == null ? null : look.again());
                if (seen.get() == null && pause) {
                  seen.set(pause(job, look));
                } else if (seen.get() == null) {
                  bench.engine().stop(job.name(), job.container().stopGrace());
                }
              });
      return seen.get();
    } catch (InterruptedException e) {
      throw Workbench.interrupted(e);
    }
  }

  /** A pause takes some milliseconds too: who came meanwhile is seen waiting, and is let in. */
  private @Nullable String pause(Job job, @Nullable LastLook look) {
    bench.engine().pause(job.name());
    String late = look == null ? null : Visitors.waiting(LastLook.reading(bench, job));
    if (late != null) {
      bench.engine().unpause(job.name());
    }
    return late;
  }

  /**
   * @return null: it was told before
   */
  private @Nullable StateChange publish(
      Transition transition, ContainerSnapshot container, RunState to, @Nullable String failure) {
    RunState from = bench.journal().state(transition.command().service(), container.name());
    if (from == to && failure == null) {
      return null;
    }
    StateChange change = transition.change(container.name(), from, to, bench.clock().instant());
    StateChange told = Changes.with(change, residentBytes(container, to), failure, null);
    bench.journal().publish(told);
    return told;
  }

  private @Nullable Long residentBytes(ContainerSnapshot container, RunState to) {
    if (to != RunState.SLEEPING) {
      return null;
    }
    try {
      UsageReading usage = bench.engine().usage(container);
      return usage == null ? null : usage.memoryBytes();
    } catch (EngineException e) {
      return null;
    }
  }

  private RunState state(Transition transition, Job job) {
    return bench.journal().state(transition.command().service(), job.name());
  }
}
