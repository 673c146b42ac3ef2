package dev.catnap.actuator.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counters of a container at one moment; they grow from its start on and begin again at 0 with the
 * next start.
 *
 * @param run tells one run of the container from the next
 * @param cpuNanos processor time used
 * @param memoryBytes all that is charged to it, with file cache
 * @param inactiveFileBytes the part of it that is file cache nobody used lately
 * @param memoryLimitBytes null: no limit; {@code cpuLimitCores} likewise
 * @param connections established from outside now; null where they are not to be seen
 */
public record UsageReading(
    String run,
    Instant at,
    long cpuNanos,
    @Nullable Double cpuLimitCores,
    long memoryBytes,
    long inactiveFileBytes,
    @Nullable Long memoryLimitBytes,
    long pids,
    long networkRxBytes,
    long networkTxBytes,
    long blockReadBytes,
    long blockWriteBytes,
    @Nullable Integer connections) {
  /** What it works with: usage less inactive file cache, never negative. */
  public long workingSetBytes() {
    return Math.max(0, memoryBytes - inactiveFileBytes);
  }
}
