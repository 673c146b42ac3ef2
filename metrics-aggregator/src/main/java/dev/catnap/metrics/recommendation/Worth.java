package dev.catnap.metrics.recommendation;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What it saves to change the limits to their targets; negative where a limit grows.
 *
 * @param cpuCores given back; null where CPU has no limit or no target, memory likewise
 * @param monthly of both, at the rates given, for the hours that the service is awake in a month
 * @param awakeHoursMonthly of 720
 */
public record Worth(
    @Nullable Double cpuCores,
    @Nullable Long memoryBytes,
    double monthly,
    double awakeHoursMonthly) {
  private static final double MONTH_HOURS = Duration.ofDays(30).toHours();

  /**
   * @param awakeShare of the time observed, 0 to 1
   */
  public static Worth of(
      @Nullable Double cpuLimit,
      @Nullable Sizing cpu,
      @Nullable Double memoryLimit,
      @Nullable Sizing memory,
      double awakeShare,
      Rates rates) {
    Double cores = cpuLimit == null || cpu == null ? null : Double.valueOf(cpuLimit - cpu.target());
    Double bytes =
        memoryLimit == null || memory == null
            ? null
            : Double.valueOf(memoryLimit - memory.target());
    double hours = awakeShare * MONTH_HOURS;
    double hourly =
        (cores == null ? 0 : rates.cpu(cores)) + (bytes == null ? 0 : rates.memory(bytes));
    return new Worth(cores, bytes == null ? null : Math.round(bytes), hourly * hours, hours);
  }
}
