package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.EngineStates;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What is told of containers on their way down: that they are on it, and where they came to. */
record WayDown(Workbench bench, Transition transition) {
  /**
   * Waits until the log has it.
   *
   * @return why nothing may be brought down; null when the log has the announcement
   */
  @Nullable String announce(List<Job> jobs) throws InterruptedException {
    CompletableFuture<?>[] written =
        jobs.stream()
            .map(job ->
                bench
                    .journal()
                    .publish(
                        transition.announcement(
                            job.name(), state(job.name()), bench.clock().instant())))
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

  /**
   * Tells where a container stands.
   *
   * @param failure of what was tried; null: nothing failed
   * @return null: it was told before
   */
  @Nullable StateChange tell(ContainerSnapshot container, @Nullable String failure) {
    RunState from = state(container.name());
    RunState to = EngineStates.of(container.status());
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

  RunState state(String container) {
    return bench.journal().state(transition.command().service(), container);
  }
}
