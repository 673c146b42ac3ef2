package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Plan;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.Action;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a service up: what it depends on first, then its containers, all at once. */
final class Wake {
  private static final Logger log = LoggerFactory.getLogger(Wake.class);

  /** Pauses before the second and the third try; there is no fourth. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(100), Duration.ofMillis(400));

  private final Workbench bench;
  private final ReadinessProbe probe;

  Wake(Workbench bench) {
    this.bench = bench;
    this.probe = new ReadinessProbe(bench.engine(), bench.clock());
  }

  void run(Transition transition) throws InterruptedException {
    List<Job> jobs = bench.plan(transition);
    if (jobs.stream().allMatch(job -> isElsewhere(transition, job))) {
      bench.audit(transition, null, null, Outcome.ELSEWHERE, null);
      return;
    }
    List<WayUp> ways = jobs.stream().map(job -> new WayUp(bench, transition, job.name())).toList();
    for (int i = 0; i < jobs.size(); i++) {
      announce(transition, jobs.get(i), ways.get(i));
    }
    if (jobs.stream().anyMatch(job -> job.plan().isAction())) {
      awaitDependencies(transition.service().definition());
    }
    if (jobs.size() == 1) {
      wake(transition, jobs.getFirst(), ways.getFirst());
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < jobs.size(); i++) {
        Job job = jobs.get(i);
        WayUp way = ways.get(i);
        threads.execute(() -> wake(transition, job, way));
      }
    }
  }

  /** Neither here nor to be made here, and another host told of it: that one wakes it. */
  private boolean isElsewhere(Transition transition, Job job) {
    StateChange last = bench.journal().last(transition.command().service(), job.name());
    return !job.container().exists()
        && job.plan().refusal() != null
        && last != null
        && !last.host().equals(transition.host());
  }

  private static void announce(Transition transition, Job job, WayUp way) {
    boolean alone = transition.service().definition().dependsOn().isEmpty();
    if (job.plan().step() == Plan.Step.UNPAUSE && alone) {
      way.announceSoon();
    } else if (job.plan().isAction()) {
      way.announce();
    }
  }

  private RunState state(Transition transition, Job job) {
    return bench.journal().state(transition.command().service(), job.name());
  }

  /** A dependency that fails or takes too long does not keep its dependents down. */
  private void awaitDependencies(ServiceDefinition definition) throws InterruptedException {
    Instant deadline = bench.clock().instant().plus(bench.settings().dependencyTimeout());
    for (String dependency : definition.dependsOn()) {
      Duration left = Duration.between(bench.clock().instant(), deadline);
      boolean up =
          bench
              .journal()
              .await(dependency, state -> state.isAwake() || state == RunState.FAILED, left);
      if (!up || bench.journal().stateOf(dependency) == RunState.FAILED) {
        log.atWarn()
            .addKeyValue("service", definition.name())
            .addKeyValue("dependency", dependency)
            .addKeyValue("state", bench.journal().stateOf(dependency))
            .log("waking a service although what it depends on is not up");
      }
    }
  }

  private void wake(Transition transition, Job first, WayUp way) {
    RunState before = state(transition, first);
    if (first.plan().step() == Plan.Step.ALREADY_THERE && before == RunState.RUNNING) {
      bench.audit(transition, first.name(), first.plan().step(), Outcome.ALREADY_THERE, null);
      return;
    }
    boolean started =
        before == RunState.FAILED || (before == RunState.WAKING && !first.plan().isAction());
    Job job = first;
    for (int attempt = 0; ; attempt++) {
      started |= job.plan().needsReadiness();
      try {
        bring(transition, job, way, started);
        return;
      } catch (EngineException | NotReadyException e) {
        if (e instanceof EngineException lost && lost.kind() == EngineException.Kind.INTERRUPTED) {
          throw e;
        }
        if (attempt == PAUSES.size() || !isWorthAnotherTry(e)) {
          fail(transition, job, way, String.valueOf(e.getMessage()));
          return;
        }
        job = planAgain(transition, job, PAUSES.get(attempt), e);
      } catch (InterruptedException e) {
        throw Workbench.interrupted(e);
      }
    }
  }

  private static boolean isWorthAnotherTry(RuntimeException e) {
    return switch (e) {
      case NotReadyException notReady -> notReady.crashed();
      case EngineException failed ->
          failed.kind() != EngineException.Kind.NO_IMAGE
              && failed.kind() != EngineException.Kind.INTERRUPTED;
      default -> false;
    };
  }

  private Job planAgain(Transition transition, Job job, Duration pause, RuntimeException why) {
    log.atWarn()
        .addKeyValue("service", transition.command().service())
        .addKeyValue("container", job.name())
        .addKeyValue("step", job.plan().step())
        .addKeyValue("cause", why.getMessage())
        .addKeyValue("retryInMillis", pause.toMillis())
        .log("wake failed, trying again");
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      throw Workbench.interrupted(e);
    }
    try {
      return bench.plan(transition, job.name());
    } catch (EngineException e) {
      return job;
    }
  }

  private void bring(Transition transition, Job job, WayUp way, boolean started)
      throws InterruptedException {
    String refusal = job.plan().refusal();
    if (refusal != null) {
      throw new NotReadyException(refusal, false);
    }
    act(transition.service().definition(), job, started ? () -> {} : () -> up(way));
    Instant engineAt = bench.clock().instant();
    if (started) {
      probe.await(transition.service().definition(), job.name());
    }
    way.up(engineAt, bench.clock().instant(), job.plan().isAction());
    bench.audit(transition, job.name(), job.plan().step(), Outcome.DONE, null);
  }

  /** What was paused is ready as soon as it runs. */
  private void up(WayUp way) {
    Instant now = bench.clock().instant();
    way.up(now, now, true);
  }

  private void act(ServiceDefinition definition, Job job, Runnable running)
      throws InterruptedException {
    switch (job.plan().step()) {
      case UNPAUSE ->
          bench.permits().run(Action.WAKE, () -> bench.engine().unpause(job.name(), running));
      case START -> bench.permits().run(Action.WAKE, () -> bench.engine().start(job.name()));
      case CREATE_AND_START -> {
        // Outside the permits: an image may take minutes to come.
        bench.engine().create(definition);
        bench.permits().run(Action.WAKE, () -> bench.engine().start(job.name()));
      }
      case ALREADY_THERE, PAUSE, STOP, REFUSE -> {}
    }
  }

  private void fail(Transition transition, Job job, WayUp way, String reason) {
    way.failed(reason);
    bench.audit(transition, job.name(), job.plan().step(), Outcome.FAILED, reason);
  }
}
