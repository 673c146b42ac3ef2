package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.Crash;
import dev.catnap.actuator.transition.RestartLimit;
import dev.catnap.actuator.transition.ServiceContainers.Found.Here;
import dev.catnap.events.Action;
import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts again what died while it should run.
 *
 * <p>The crash is told as a change to WAKING with its reason, and after a pause the container is
 * started; the change to RUNNING follows once it is ready, or the next crash. Past the limit it is
 * FAILED until somebody asks for it. Everything happens in the service's lane, and only while the
 * crash is the last that was told: a command that came meanwhile has the say.
 */
public final class Recovery implements AutoCloseable {
  private final Workbench bench;
  private final RestartLimit limit;
  private final ServiceLanes lanes;
  private final ReadinessProbe probe;
  private final Supplier<String> host;

  /** The change that told the crash, by container, for as long as its restart is to come. */
  private final Map<String, StateChange> pending = new ConcurrentHashMap<>();

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("recovery").factory());

  Recovery(Workbench bench, RestartLimit limit, ServiceLanes lanes, Supplier<String> host) {
    this.bench = bench;
    this.limit = limit;
    this.lanes = lanes;
    this.probe = new ReadinessProbe(bench.engine(), bench.clock());
    this.host = host;
  }

  /** Somebody asked for the service, so that it is worth trying again. */
  void reset(String service) {
    synchronized (limit) {
      limit.reset(service);
    }
  }

  /**
   * Takes a change of an earlier run, oldest first: its crashes count, and a wake by command ends
   * the count, as if this run had seen them.
   */
  public void recall(StateChange change) {
    synchronized (limit) {
      if (change.commandId() != null && change.to() == RunState.RUNNING) {
        limit.reset(change.service());
      } else if (isCrash(change)) {
        var unused = limit.crashed(change.containerKey(), change.at());
      }
    }
  }

  private static boolean isCrash(StateChange change) {
    return change.to() == RunState.WAKING
        && change.reason() == Reason.EXTERNAL
        && change.failure() != null;
  }

  /**
   * Takes up the restart that an earlier run announced and did not live to see; in its lane.
   *
   * @param last what was told last of a container that is there, and down
   * @return whether it is taken
   */
  public boolean resume(@Nullable StateChange last) {
    if (last == null || !isCrash(last) || !last.host().equals(host.get())) {
      return false;
    }
    pending.put(last.containerKey(), last);
    lanes.lane(last.service()).observe(() -> restart(last));
    return true;
  }

  /** Whether a restart is to come: what stands still until then is no news. */
  public boolean isPending(String service, String container) {
    StateChange told = pending.get(service + "/" + container);
    return told != null && told.equals(bench.journal().last(service, container));
  }

  /**
   * Takes a container that ended while it was told to run; to be called in its lane.
   *
   * @param end as it would be told otherwise
   * @param ended somebody sent it a signal to end
   * @return whether it is taken, and told of
   */
  public boolean take(
      StateChange end, @Nullable Integer exitCode, boolean outOfMemory, boolean ended) {
    if (end.from() != RunState.RUNNING) {
      return false;
    }
    ContainerSnapshot container = inspect(end.container());
    // One that the engine starts again by its own policy is left to it.
    if (container == null || !container.exists() || !container.isDown()) {
      return false;
    }
    String why = Crash.describe(exitCode, outOfMemory || container.oomKilled(), ended);
    if (why == null || here(end.service(), container) == null) {
      return false;
    }
    crashed(end.id(), end.service(), end.container(), end.at(), why);
    return true;
  }

  private void crashed(String cause, String service, String container, Instant at, String why) {
    Duration pause;
    synchronized (limit) {
      pause = limit.crashed(service + "/" + container, at);
    }
    RunState from = bench.journal().state(service, container);
    RunState to = pause == null ? RunState.FAILED : RunState.WAKING;
    String failure = pause == null ? why + "; " + limit.describe() + ", not any more" : why;
    StateChange told =
        Changes.external(cause, service, container, host.get(), from, to, at, failure);
    bench.journal().publish(told);
    if (pause == null) {
      pending.remove(told.containerKey());
      return;
    }
    pending.put(told.containerKey(), told);
    try {
      var unused =
          timer.schedule(
              () -> lanes.lane(service).observe(() -> restart(told)),
              pause.toMillis(),
              TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // Closing: the next run finds it down.
    }
  }

  private void restart(StateChange told) {
    if (!isPending(told.service(), told.container())) {
      pending.remove(told.containerKey(), told);
      return;
    }
    try {
      ContainerSnapshot container = bench.engine().inspect(told.container());
      ServiceDefinition definition = here(told.service(), container);
      if (definition == null) {
        pending.remove(told.containerKey());
        return;
      }
      if (container.isDown()) {
        bench.permits().run(Action.WAKE, () -> bench.engine().start(told.container()));
      }
      probe.await(definition, told.container());
      pending.remove(told.containerKey());
      bench
          .journal()
          .publish(
              Changes.external(
                  told.id(),
                  told.service(),
                  told.container(),
                  told.host(),
                  told.to(),
                  RunState.RUNNING,
                  bench.clock().instant(),
                  null));
    } catch (NotReadyException | EngineException e) {
      again(told, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void again(StateChange told, String why) {
    crashed(told.id() + "+", told.service(), told.container(), bench.clock().instant(), why);
  }

  /**
   * @return null where it is not ours to start
   */
  private @Nullable ServiceDefinition here(String service, ContainerSnapshot container) {
    return bench.containers().owns(service, container)
            && bench.containers().find(service) instanceof Here here
        ? here.definition()
        : null;
  }

  private @Nullable ContainerSnapshot inspect(String container) {
    try {
      return bench.engine().inspect(container);
    } catch (EngineException e) {
      return null;
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
