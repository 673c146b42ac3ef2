package dev.catnap.events;

import org.jspecify.annotations.Nullable;

/**
 * Limits of a container, and what is set aside for it; null: none.
 *
 * @param memoryBytes at least 6 MiB, the least an engine takes
 * @param cpuCores more than 0
 * @param storageBytes disk that is set aside and paid for, 0 or more; no engine limits it
 * @param pids most processes and threads; default 512
 */
public record Resources(
    @Nullable Long memoryBytes, @Nullable Double cpuCores, @Nullable Long storageBytes, int pids) {
  public static final int DEFAULT_PIDS = 512;
  public static final Resources UNLIMITED = new Resources(null, null, null, DEFAULT_PIDS);

  private static final long LEAST_MEMORY = 6L << 20;

  public Resources {
    if (memoryBytes != null) {
      Check.atLeast("resources.memory", LEAST_MEMORY, memoryBytes);
    }
    if (cpuCores != null && !(cpuCores > 0 && Double.isFinite(cpuCores))) {
      throw new InvalidFieldException("resources.cpu", "must be more than 0", cpuCores);
    }
    if (storageBytes != null) {
      Check.atLeast("resources.storage", 0, storageBytes);
    }
    Check.atLeast("resources.pids", 1, pids);
  }

  /** The same with other limits of memory and CPU. */
  public Resources limited(@Nullable Long otherMemoryBytes, @Nullable Double otherCpuCores) {
    return new Resources(otherMemoryBytes, otherCpuCores, storageBytes, pids);
  }
}
