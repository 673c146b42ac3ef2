package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a container used in the window that ends at {@code at}.
 *
 * <p>Of a container that does not run there is only its storage to tell, see {@link #ofStorage}.
 *
 * @param windowMillis length of the window, at least 1
 * @param cpuCores mean over the window
 * @param cpuLimitCores null where it has no limit
 * @param memoryBytes working set: usage less inactive file cache
 * @param memoryLimitBytes null where it has no limit
 * @param networkRxBytes received within the window; the other counters likewise
 * @param connections established from outside to a port it listens on, at {@code at}; null where
 *     that is not to be seen
 * @param storageBytes disk it holds, as last measured: its writable layer and its share of the
 *     named volumes it uses; null where it was not measured since the sample before
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
    @Nullable Integer connections,
    @Nullable Long storageBytes) {
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
    if (storageBytes != null) {
      Check.atLeast("storageBytes", 0, storageBytes);
    }
  }

  /** A sample that says nothing of connections and storage. */
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
        null,
        null);
  }

  /**
   * The storage of a container that does not run. It used nothing else, and its window is the
   * shortest there is, so that it weighs nothing in a mean.
   */
  public static ResourceSample ofStorage(
      String service, String container, String host, Instant at, long storageBytes) {
    return new ResourceSample(service, container, host, at, 1, 0, null, 0, null, 0, 0, 0, 0, 0)
        .withStorage(storageBytes);
  }

  /** Whether it tells of storage alone: what runs has memory and a process. */
  public boolean tellsStorageOnly() {
    return storageBytes != null && memoryBytes == 0 && pids == 0 && cpuCores == 0;
  }

  public ResourceSample withStorage(@Nullable Long bytes) {
    return new ResourceSample(
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
        connections,
        bytes);
  }

  /** CPU used as a share of the limit, or of one core where there is no limit. */
  public double load() {
    double limit = cpuLimitCores == null || cpuLimitCores <= 0 ? 1.0 : cpuLimitCores;
    return cpuCores / limit;
  }
}
