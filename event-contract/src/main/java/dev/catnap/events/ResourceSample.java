package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a container used in the window that ends at {@code at}.
 *
 * @param windowMillis length of the window, at least 1
 * @param cpuCores mean over the window
 * @param cpuLimitCores null where it has no limit
 * @param memoryBytes working set: usage less inactive file cache
 * @param memoryLimitBytes null where it has no limit
 * @param networkRxBytes received within the window; the other counters likewise
 * @param connections established from outside to a port it listens on, at {@code at}; null where
 *     that is not to be seen
 */
public record ResourceSample(
    String service,
    String container,
    String host,
    Instant at,
    long windowMillis,
    double cpuCores,
    @Nullable Double cpuLimitCores,
    long memoryBytes,
    @Nullable Long memoryLimitBytes,
    long pids,
    long networkRxBytes,
    long networkTxBytes,
    long blockReadBytes,
    long blockWriteBytes,
    @Nullable Integer connections) {
  /** A year. */
  private static final long LONGEST_WINDOW_MILLIS = 366L * 24 * 60 * 60 * 1000;

  public ResourceSample {
    Check.serviceName("service", service);
    Check.text("container", container);
    Check.text("host", host);
    Check.time("at", at);
    Check.atLeast("windowMillis", 1, windowMillis);
    if (windowMillis > LONGEST_WINDOW_MILLIS) {
      throw new InvalidFieldException(
          "windowMillis", "must be at most " + LONGEST_WINDOW_MILLIS, windowMillis);
    }
    Check.notNegative("cpuCores", cpuCores);
    if (cpuLimitCores != null) {
      Check.notNegative("cpuLimitCores", cpuLimitCores);
    }
    Check.atLeast("memoryBytes", 0, memoryBytes);
    if (memoryLimitBytes != null) {
      Check.atLeast("memoryLimitBytes", 0, memoryLimitBytes);
    }
    Check.atLeast("pids", 0, pids);
    Check.atLeast("networkRxBytes", 0, networkRxBytes);
    Check.atLeast("networkTxBytes", 0, networkTxBytes);
    Check.atLeast("blockReadBytes", 0, blockReadBytes);
    Check.atLeast("blockWriteBytes", 0, blockWriteBytes);
    if (connections != null) {
      Check.atLeast("connections", 0, connections);
    }
  }

  /** A sample that says nothing of connections. */
  public ResourceSample(
      String service,
      String container,
      String host,
      Instant at,
      long windowMillis,
      double cpuCores,
      @Nullable Double cpuLimitCores,
      long memoryBytes,
      @Nullable Long memoryLimitBytes,
      long pids,
      long networkRxBytes,
      long networkTxBytes,
      long blockReadBytes,
      long blockWriteBytes) {
    this(
        service,
        container,
        host,
        at,
        windowMillis,
        cpuCores,
        cpuLimitCores,
        memoryBytes,
        memoryLimitBytes,
        pids,
        networkRxBytes,
        networkTxBytes,
        blockReadBytes,
        blockWriteBytes,
        null);
  }

  /** CPU used as a share of the limit, or of one core where there is no limit. */
  public double load() {
    double limit = cpuLimitCores == null || cpuLimitCores <= 0 ? 1.0 : cpuLimitCores;
    return cpuCores / limit;
  }
}
