package dev.catnap.actuator.transition.execution;

import dev.catnap.actuator.transition.RestartLimit;
import java.time.Duration;

/**
 * How a command is bounded: each of its steps is, so it is itself. A wake waits at most {@code
 * dependencyTimeout}, then thrice at most for the engine's call timeout and the readiness timeout.
 *
 * @param concurrency calls that the engine gets at once
 * @param announceTimeout how long the log may take to have the announcement of a sleep
 * @param sleepLook between announcing a sleep and pausing, for gates to see it
 * @param sleepNoiseBytes more than this over its network in that time: somebody came
 * @param stopGrace between announcing a stop and stopping, for gates to see it
 * @param stopDrain how long a stop by hand waits for connections to end
 * @param reclaim whether the memory of sleepers is taken back
 * @param reclaimTimeout how long that may take
 * @param restarts of what dies while it should run
 * @param dependencyTimeout how long a wake waits for the services it depends on
 * @param wakeMaxAge wakes older than this are not carried out; {@code otherMaxAge} likewise for
 *     sleeps and stops
 */
public record ExecutionSettings(
    int concurrency,
    Duration announceTimeout,
    Duration sleepLook,
    long sleepNoiseBytes,
    Duration stopGrace,
    Duration stopDrain,
    boolean reclaim,
    Duration reclaimTimeout,
    Restarts restarts,
    Duration dependencyTimeout,
    Duration wakeMaxAge,
    Duration otherMaxAge) {
  /**
   * How often and when.
   *
   * @param most within {@code within}; 0: never
   * @param firstPause doubles with each crash, up to {@code longestPause}
   */
  public record Restarts(int most, Duration within, Duration firstPause, Duration longestPause) {
    RestartLimit limit() {
      return new RestartLimit(most, within, firstPause, longestPause);
    }
  }
}
