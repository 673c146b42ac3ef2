package dev.catnap.events;

import org.jspecify.annotations.Nullable;

/**
 * Limits of a container; null: no limit.
 *
 * @param memoryBytes at least 6 MiB, the least an engine takes
 * @param cpuCores more than 0
 * @param pids most processes and threads; default 512
 */
public record Resources(@Nullable Long memoryBytes, @Nullable Double cpuCores, int pids) {
  public static final int DEFAULT_PIDS = 512;
  public static final Resources UNLIMITED = new Resources(null, null, DEFAULT_PIDS);

  private static final long LEAST_MEMORY = 6L << 20;

  public Resources {
    if (memoryBytes != null) {
      Check.atLeast("resources.memory", LEAST_MEMORY, memoryBytes);
    }
    if (cpuCores != null && !(cpuCores > 0 && Double.isFinite(cpuCores))) {
      throw new InvalidFieldException("resources.cpu", "must be more than 0", cpuCores);
    }
    Check.atLeast("resources.pids", 1, pids);
  }
}
