package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.transition.Changes;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is told of one container's way up: WAKING, then RUNNING or FAILED, each at most once.
 *
 * <p>Of a sleeper WAKING is told {@value #UNTOLD_MILLIS} ms later, or with RUNNING if that comes
 * first, as it mostly does: whoever reads the state would otherwise take processor time from the
 * wake itself to learn of a state that is over when he has read it.
 */
final class WayUp {
  private static final int UNTOLD_MILLIS = 50;

  private final Workbench bench;
  private final Transition transition;
  private final String container;
  private final Instant began;
  private boolean announced;
  private boolean over;

  WayUp(Workbench bench, Transition transition, String container) {
    this.bench = bench;
    this.transition = transition;
    this.container = container;
    this.began = bench.clock().instant();
  }

  synchronized void announce() {
    if (!announced && !over) {
      announced = true;
      publish(waking());
    }
  }

  /** Announces unless the container is up by then. */
  void announceSoon() {
    Thread.ofVirtual()
        .name("announce-wake")
        .start(() -> {
          try {
            Thread.sleep(Duration.ofMillis(UNTOLD_MILLIS));
            announce();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /**
   * @param engineAt when the engine had done its part
   * @param acted whether anything was done, so that there is a way to tell of
   */
  synchronized void up(Instant engineAt, Instant readyAt, boolean acted) {
    if (over) {
      return;
    }
    over = true;
    List<StateChange> told = new ArrayList<>();
    if (acted && !announced) {
      told.add(waking());
    }
    WakeStages stages =
        new WakeStages(
            transition.command().requestedAt(),
            transition.command().at(),
            transition.receivedAt(),
            engineAt,
            readyAt);
    RunState from = told.isEmpty() ? state() : RunState.WAKING;
    told.add(
        Changes.with(
            transition.change(container, from, RunState.RUNNING, readyAt), null, null, stages));
    var unused = bench.journal().publish(told);
  }

  private StateChange waking() {
    return transition.change(container, state(), RunState.WAKING, began);
  }

  synchronized void failed(@Nullable String reason) {
    over = true;
    publish(
        Changes.with(
            transition.change(container, state(), RunState.FAILED, bench.clock().instant()),
            null,
            reason,
            null));
  }

  private RunState state() {
    return bench.journal().state(transition.command().service(), container);
  }

  private void publish(StateChange change) {
    var unused = bench.journal().publish(change);
  }
}
