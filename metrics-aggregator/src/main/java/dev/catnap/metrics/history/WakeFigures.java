package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import java.util.Map;

/**
 * Wakes of a service, or of all of them, that ended within a window.
 *
 * @param wakes that succeeded
 * @param failed that ended in {@code FAILED}
 * @param latency of those that succeeded
 * @param latencyByOrigin the same by the state woken from
 */
public record WakeFigures(
    long wakes,
    long failed,
    LatencySummary latency,
    Map<RunState, LatencySummary> latencyByOrigin) {
  public static final WakeFigures NONE = new WakeFigures(0, 0, LatencySummary.NONE, Map.of());
}
