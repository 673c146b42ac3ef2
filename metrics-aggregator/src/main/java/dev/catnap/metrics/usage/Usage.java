package dev.catnap.metrics.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one container used in a window, and used last.
 *
 * @param cpuCoresMean over the time sampled, as {@code memoryBytesMean}
 * @param peak the most in one bucket
 * @param latest the newest sample before the window's end; null when its details are deleted
 */
public record Usage(
    String service,
    String container,
    long samples,
    double cpuCoresMean,
    double memoryBytesMean,
    long networkRxBytes,
    long networkTxBytes,
    long blockReadBytes,
    long blockWriteBytes,
    Instant lastSampleAt,
    Peak peak,
    @Nullable Latest latest) {
  /**
   * @param current whether it is recent enough to speak for now
   */
  public record Latest(
      boolean current,
      double cpuCores,
      @Nullable Double cpuLimitCores,
      long memoryBytes,
      @Nullable Long memoryLimitBytes,
      long pids) {}

  /** The most that the containers of a service, or all of them, used in one bucket together. */
  public record Peak(double cpuCores, double memoryBytes) {
    public static final Peak NONE = new Peak(0, 0);
  }
}
