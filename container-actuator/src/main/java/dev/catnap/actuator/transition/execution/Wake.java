package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.Outcome;
import dev.catnap.actuator.transition.Plan;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.Action;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
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
    jobs.stream().filter(job -> job.plan().isAction()).forEach(job -> announce(transition, job));
    if (jobs.stream().anyMatch(job -> job.plan().isAction())) {
      awaitDependencies(transition.service().definition());
    }
    if (jobs.size() == 1) {
      wake(transition, jobs.getFirst());
      return;
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      jobs.forEach(job -> threads.execute(() -> wake(transition, job)));
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

  private void announce(Transition transition, Job job) {
    bench
        .journal()
        .publish(
            transition.change(
                job.name(), state(transition, job), RunState.WAKING, bench.clock().instant()));
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

  private void wake(Transition transition, Job first) {
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
        bring(transition, job, started);
        return;
      } catch (EngineException | NotReadyException e) {
        if (e instanceof EngineException lost && lost.kind() == EngineException.Kind.INTERRUPTED) {
          throw e;
        }
        if (attempt == PAUSES.size() || !isWorthAnotherTry(e)) {
          fail(transition, job, String.valueOf(e.getMessage()));
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

  private void bring(Transition transition, Job job, boolean started) throws InterruptedException {
    String refusal = job.plan().refusal();
    if (refusal != null) {
      throw new NotReadyException(refusal, false);
    }
    act(transition.service().definition(), job);
    Instant engineAt = bench.clock().instant();
    if (started) {
      probe.await(transition.service().definition(), job.name());
    }
    Instant readyAt = bench.clock().instant();
    WakeStages stages =
        new WakeStages(
            transition.command().requestedAt(),
            transition.command().at(),
            transition.receivedAt(),
            engineAt,
            readyAt);
    bench
        .journal()
        .publish(
            Changes.with(
                transition.change(job.name(), state(transition, job), RunState.RUNNING, readyAt),
                null,
                null,
                stages));
    bench.audit(transition, job.name(), job.plan().step(), Outcome.DONE, null);
  }

  private void act(ServiceDefinition definition, Job job) throws InterruptedException {
    switch (job.plan().step()) {
      case UNPAUSE -> bench.permits().run(Action.WAKE, () -> bench.engine().unpause(job.name()));
      case START -> bench.permits().run(Action.WAKE, () -> bench.engine().start(job.name()));
      case CREATE_AND_START -> {
        // Outside the permits: an image may take minutes to come.
        bench.engine().create(definition);
        bench.permits().run(Action.WAKE, () -> bench.engine().start(job.name()));
      }
      case ALREADY_THERE, PAUSE, STOP, REFUSE -> {}
    }
  }

  private void fail(Transition transition, Job job, String reason) {
    bench
        .journal()
        .publish(
            Changes.with(
                transition.change(
                    job.name(), state(transition, job), RunState.FAILED, bench.clock().instant()),
                null,
                reason,
                null));
    bench.audit(transition, job.name(), job.plan().step(), Outcome.FAILED, reason);
  }
}
