package dev.catnap.actuator.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a container may use at most.
 *
 * @param memoryBytes null: as it is; {@link #ALL_MEMORY}: what the host has
 * @param cpuCores null: as it is; {@link #ALL_CORES}: what the host has
 */
public record Limits(@Nullable Long memoryBytes, @Nullable Double cpuCores) {
  /** An engine cannot take a limit away again, only raise it as far as the host goes. */
  public static final long ALL_MEMORY = Long.MAX_VALUE;

  /** As {@link #ALL_MEMORY}. */
  public static final double ALL_CORES = Double.POSITIVE_INFINITY;

  public boolean isEmpty() {
    return memoryBytes == null && cpuCores == null;
  }

  /** Whether a container as inspected has them already. */
  public boolean hold(ContainerSnapshot container) {
    boolean memory =
        memoryBytes == null
            || (memoryBytes == ALL_MEMORY && container.memoryLimitBytes() == null)
            || memoryBytes.equals(container.memoryLimitBytes());
    boolean cpu =
        cpuCores == null
            || (cpuCores == ALL_CORES && container.cpuLimitCores() == null)
            || (container.cpuLimitCores() != null
                && Math.abs(cpuCores - container.cpuLimitCores()) < 1e-4);
    return memory && cpu;
  }
}
