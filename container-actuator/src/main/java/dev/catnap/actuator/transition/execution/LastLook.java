package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.transition.Visitors;
import dev.catnap.actuator.transition.execution.Workbench.Job;
import dev.catnap.events.Action;
import dev.catnap.events.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether somebody came between the announcement of a descent and the act.
 *
 * <p>Where connections are open it takes a second, so that the answer to a request that was read
 * already is seen. Otherwise a sleep is looked after shortly: gates that had not heard of the
 * announcement yet let requests through in that time, and whoever comes later merely waits for the
 * wake that his own request causes. A stop cuts connections, so it leaves time for every gate to
 * hold newcomers. By hand it then waits for the connections to drain, and stops at last even if
 * they do not: the operator said so. A sleeper answers nobody, so it is stopped only if nobody is
 * connected to it: one of them may wait for the answer to what was read before the pause.
 */
final class LastLook {
  private static final Duration DRAIN_STEP = Duration.ofMillis(100);

  /**
   * For a request that was read already to be answered, and so seen, where connections are open.
   */
  private static final Duration ANSWER_WINDOW = Duration.ofSeconds(1);

  private static final String WAKE = "somebody asked for the service meanwhile";

  private final Workbench bench;
  private final Transition transition;
  private final List<Job> jobs;
  private final boolean anyAwake;
  private Map<String, NetworkReading> before;
  private boolean forced;

  private LastLook(Workbench bench, Transition transition, List<Job> jobs) {
    this.bench = bench;
    this.transition = transition;
    this.jobs = jobs;
    this.anyAwake = jobs.stream().anyMatch(job -> !job.container().isPaused());
    this.before = readings();
  }

  /** The first look, to be taken before the announcement. */
  static LastLook begin(Workbench bench, Transition transition, List<Job> jobs) {
    return new LastLook(bench, transition, jobs);
  }

  /**
   * Who stands before a sleeper already, so that nothing need be announced.
   *
   * @return what was seen, for a person; null: nobody
   */
  @Nullable String atTheDoor() {
    for (Job job : jobs) {
      String seen = job.container().isPaused() ? Visitors.atTheDoor(before.get(job.name())) : null;
      if (seen != null) {
        return seen;
      }
    }
    return null;
  }

  /**
   * The second look, after the time that newcomers get.
   *
   * @return what was seen, for a person; null: nobody came
   */
  @Nullable String await() throws InterruptedException {
    boolean stop = transition.command().action() == Action.STOP;
    Duration window = window(stop ? bench.settings().stopGrace() : bench.settings().sleepLook());
    if (anyAwake && transition.lane().awaitWake(window)) {
      return WAKE;
    }
    String seen = again();
    boolean byHand = transition.command().reason() == Reason.MANUAL;
    return seen != null && stop && byHand && anyAwake ? drained() : seen;
  }

  /** Newcomers do not wait for its end: their wake ends it. */
  private Duration window(Duration least) {
    boolean open = before.values().stream().anyMatch(reading -> reading.connections() > 0);
    return open && least.compareTo(ANSWER_WINDOW) < 0 ? ANSWER_WINDOW : least;
  }

  /** Waits until nothing moves for one step, or as long as may be. */
  private @Nullable String drained() throws InterruptedException {
    Instant deadline = bench.clock().instant().plus(bench.settings().stopDrain());
    do {
      before = readings();
      if (transition.lane().awaitWake(DRAIN_STEP)) {
        return WAKE;
      }
    } while (again() != null && bench.clock().instant().isBefore(deadline));
    forced = true;
    return null;
  }

  /** One more look, at the very last moment; same answer as {@link #await}. */
  @Nullable String again() {
    if (transition.lane().wakeWaits()) {
      return WAKE;
    }
    return forced ? null : visitors();
  }

  private @Nullable String visitors() {
    Map<String, NetworkReading> now = readings();
    for (Job job : jobs) {
      NetworkReading reading = now.get(job.name());
      String seen =
          job.container().isPaused()
              ? Visitors.atTheDoor(reading)
              : Visitors.between(
                  before.get(job.name()), reading, bench.settings().sleepNoiseBytes());
      if (seen != null) {
        return seen;
      }
    }
    return null;
  }

  private Map<String, NetworkReading> readings() {
    Map<String, NetworkReading> readings = new HashMap<>();
    for (Job job : jobs) {
      NetworkReading reading = reading(bench, job.container());
      if (reading != null) {
        readings.put(job.name(), reading);
      }
    }
    return readings;
  }

  static @Nullable NetworkReading reading(Workbench bench, ContainerSnapshot container) {
    try {
      return bench.engine().network(container);
    } catch (EngineException e) {
      return null;
    }
  }
}
