package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.EngineStates;
import dev.catnap.events.Action;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops that were announced and whose end was not told: this program was killed meanwhile, or the
 * engine did not answer.
 *
 * <p>The engine goes on with a stop although nobody waits for its answer. What runs may then be in
 * its last moments, and must not be told as running: requests would be let through to it. So a
 * command finishes the stop before it does anything else, and a mere look believes in the container
 * only when the stop would long have ended it.
 */
public final class UnfinishedStops {
  private static final Logger log = LoggerFactory.getLogger(UnfinishedStops.class);

  /** The engine's own, where a container does not say. */
  private static final Duration USUAL_GRACE = Duration.ofSeconds(10);

  /** For an order to reach the engine, and for its end to show. */
  private static final Duration MARGIN = Duration.ofSeconds(5);

  private final Workbench bench;
  private final Instant runsSince;

  /**
   * @param runsSince no run before this one orders anything after it
   */
  UnfinishedStops(Workbench bench, Instant runsSince) {
    this.bench = bench;
    this.runsSince = runsSince;
  }

  /**
   * Whether what seems to be up may be ending yet.
   *
   * @param last what was told last of the container; null: nothing
   */
  public boolean mayEnd(ContainerSnapshot seen, @Nullable StateChange last, Instant now) {
    if (last == null || !last.announcesStop() || seen.isDown()) {
      return false;
    }
    Instant ordered = last.at().isAfter(runsSince) ? last.at() : runsSince;
    Duration grace = seen.stopGrace() == null ? USUAL_GRACE : seen.stopGrace();
    return now.isBefore(ordered.plus(bench.settings().stopDrain()).plus(grace).plus(MARGIN));
  }

  /** Brings to their end those of a command's containers, and tells it; in the service's lane. */
  void finish(Transition transition) throws InterruptedException {
    for (String container : transition.service().containers()) {
      StateChange last = bench.journal().last(transition.command().service(), container);
      if (last != null && last.announcesStop() && last.host().equals(transition.host())) {
        finish(last);
      }
    }
  }

  private void finish(StateChange announced) throws InterruptedException {
    ContainerSnapshot found = bench.engine().inspect(announced.container());
    if (!found.isDown() && bench.containers().owns(announced.service(), found)) {
      bench.permits().run(Action.STOP, () -> bench.engine().stop(found.name(), found.stopGrace()));
    }
    ContainerSnapshot is = bench.engine().inspect(announced.container());
    log.atInfo()
        .addKeyValue("service", announced.service())
        .addKeyValue("container", announced.container())
        .addKeyValue("found", found.status())
        .addKeyValue("status", is.status())
        .log("finished a stop that was announced before");
    var unused =
        bench
            .journal()
            .publish(
                Changes.ending(announced, EngineStates.of(is.status()), bench.clock().instant()));
  }
}
