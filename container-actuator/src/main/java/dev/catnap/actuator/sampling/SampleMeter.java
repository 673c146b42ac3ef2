package dev.catnap.actuator.sampling;

import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.events.ResourceSample;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns readings of growing counters into samples of what was used between two of them.
 *
 * <pre>
 *  cpuCores = (cpuNanos2 - cpuNanos1) / (at2 - at1);  counters = value2 - value1
 * </pre>
 *
 * The first reading of a run gives no sample: there is nothing to compare it with, and a zero would
 * be untrue. After a restart the counters begin again at 0, so the first reading then gives none
 * either. A window of less than 100 ms is too short to divide by; the reading is passed over.
 */
public final class SampleMeter {
  private static final Duration SHORTEST_WINDOW = Duration.ofMillis(100);

  private final Map<String, UsageReading> before = new HashMap<>();

  /**
   * @return null when there is nothing to compare the reading with
   */
  public @Nullable ResourceSample measure(
      String service, String container, String host, UsageReading now) {
    String key = service + "/" + container;
    UsageReading last = before.get(key);
    if (last == null || !isSameRun(last, now)) {
      before.put(key, now);
      return null;
    }
    Duration window = Duration.between(last.at(), now.at());
    if (window.compareTo(SHORTEST_WINDOW) < 0) {
      return null;
    }
    before.put(key, now);
    return new ResourceSample(
        service,
        container,
        host,
        now.at(),
        window.toMillis(),
        (double) (now.cpuNanos() - last.cpuNanos()) / window.toNanos(),
        now.cpuLimitCores(),
        now.workingSetBytes(),
        now.memoryLimitBytes(),
        now.pids(),
        increment(last.networkRxBytes(), now.networkRxBytes()),
        increment(last.networkTxBytes(), now.networkTxBytes()),
        increment(last.blockReadBytes(), now.blockReadBytes()),
        increment(last.blockWriteBytes(), now.blockWriteBytes()),
        now.connections(),
        null);
  }

  private static boolean isSameRun(UsageReading last, UsageReading now) {
    return last.run().equals(now.run()) && now.cpuNanos() >= last.cpuNanos();
  }

  /** A counter that went back, as when a network was left, counts as nothing. */
  private static long increment(long last, long now) {
    return Math.max(0, now - last);
  }

  /** Forgets all others, which are gone or down. */
  public void keepOnly(Set<String> containerKeys) {
    before.keySet().retainAll(containerKeys);
  }
}
