package dev.catnap.actuator.transition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * When a container that died by itself may be started again: after pauses that double, and so often
 * within a time, then no more until somebody asks for it.
 *
 * <pre>
 *  crash within 10 min   1st  2nd  3rd  4th  5th   6th
 *  pause                 1 s  2 s  4 s  8 s  16 s  none: given up
 * </pre>
 *
 * Not safe for use by several threads.
 */
public final class RestartLimit {
  private final int most;
  private final Duration within;
  private final Duration firstPause;
  private final Duration longestPause;
  private final Map<String, ArrayDeque<Instant>> crashes = new HashMap<>();

  /**
   * @param most starts within {@code within}; 0: none ever
   */
  public RestartLimit(int most, Duration within, Duration firstPause, Duration longestPause) {
    this.most = most;
    this.within = within;
    this.firstPause = firstPause;
    this.longestPause = longestPause;
  }

  /**
   * @return how long to wait before the next start; null: not again
   */
  public @Nullable Duration crashed(String containerKey, Instant at) {
    ArrayDeque<Instant> recent = crashes.computeIfAbsent(containerKey, key -> new ArrayDeque<>());
    while (!recent.isEmpty() && !recent.getFirst().plus(within).isAfter(at)) {
      recent.removeFirst();
    }
    if (recent.size() >= most) {
      return null;
    }
    recent.addLast(at);
    Duration pause = firstPause;
    for (int i = 1; i < recent.size() && pause.compareTo(longestPause) < 0; i++) {
      pause = pause.multipliedBy(2);
    }
    return pause.compareTo(longestPause) > 0 ? longestPause : pause;
  }

  /** Somebody asked for the service: all its containers begin anew. */
  public void reset(String service) {
    crashes.keySet().removeIf(key -> key.startsWith(service + "/"));
  }

  /** For a person: how often is often enough. */
  public String describe() {
    return "started again " + most + " times within " + within.toMinutes() + " min";
  }
}
