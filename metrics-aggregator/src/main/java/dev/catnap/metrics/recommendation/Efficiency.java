package dev.catnap.metrics.recommendation;

import org.jspecify.annotations.Nullable;

/**
 * Used / reserved while awake, as OpenCost has it: 0 where nothing is reserved and nothing used;
 * the total weighs CPU and memory by what they cost.
 *
 * @param cpu null where there is no limit, or nothing was measured; memory likewise
 * @param total of those that are known; null where neither is
 */
public record Efficiency(@Nullable Double cpu, @Nullable Double memory, @Nullable Double total) {
  /**
   * @param rates what an hour of each costs
   */
  public static Efficiency of(
      @Nullable Double cpuUsed,
      @Nullable Double cpuLimit,
      @Nullable Double memoryUsed,
      @Nullable Double memoryLimit,
      Rates rates) {
    Double cpu = share(cpuUsed, cpuLimit);
    Double memory = share(memoryUsed, memoryLimit);
    double cpuCost = cpu == null || cpuLimit == null ? 0 : rates.cpu(cpuLimit);
    double memoryCost = memory == null || memoryLimit == null ? 0 : rates.memory(memoryLimit);
    double cost = cpuCost + memoryCost;
    double used = (cpu == null ? 0 : cpu * cpuCost) + (memory == null ? 0 : memory * memoryCost);
    return new Efficiency(cpu, memory, cost > 0 ? used / cost : null);
  }

  private static @Nullable Double share(@Nullable Double used, @Nullable Double limit) {
    if (used == null || limit == null) {
      return null;
    }
    if (limit <= 0) {
      return used == 0 ? 0.0 : null;
    }
    return used / limit;
  }
}
