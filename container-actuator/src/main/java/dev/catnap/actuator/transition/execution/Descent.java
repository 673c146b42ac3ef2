package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Plan;
import dev.catnap.actuator.transition.Visitors;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.util.ArrayList;
import java.util.List;
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
    String unheard = new WayDown(bench, transition).announce(down);
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
      if (asleep && Visitors.atTheDoor(LastLook.reading(bench, job.container())) != null) {
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
    WayDown way = new WayDown(bench, transition);
    if (way.state(job.name()) != RunState.FAILED) {
      way.tell(job.container(), null);
    }
    bench.audit(transition, job.name(), job.plan().step(), Outcome.ALREADY_THERE, null);
  }

  /** Nothing failed when somebody came: the state says so, and the audit says who. */
  private void giveUp(Transition transition, List<Job> down, String why, @Nullable String failure) {
    WayDown way = new WayDown(bench, transition);
    down.forEach(job -> way.tell(job.container(), failure));
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
    WayDown way = new WayDown(bench, transition);
    try {
      String seen = act(job, look);
      if (seen != null) {
        return seen;
      }
      ContainerSnapshot container = bench.engine().inspect(job.name());
      reclaimer.run(transition.service().definition(), container, transition.lane());
      StateChange told = way.tell(container, null);
      bench.audit(transition, job.name(), job.plan().step(), Outcome.DONE, null);
      if (told != null && container.isPaused()) {
        lookAfter.begin(transition.lane(), container, told);
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
        way.tell(is, e.reason());
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

  private @Nullable String act(Job job, @Nullable LastLook look) {
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
    String late = look == null ? null : Visitors.waiting(LastLook.reading(bench, job.container()));
    if (late != null) {
      bench.engine().unpause(job.name());
    }
    return late;
  }
}
