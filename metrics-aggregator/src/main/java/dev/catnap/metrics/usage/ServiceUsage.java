package dev.catnap.metrics.usage;

import dev.catnap.events.RunState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the containers of a service, or all of them, use together. What was not measured is null,
 * never zero.
 *
 * @param service null in the total
 * @param containers known or sampled in the window
 * @param state null in the total
 * @param cpuLimitCores the sum; null where one of the containers sampled has none
 * @param cpuShareOfLimit mean CPU as a share of the limit; null where there is none
 * @param networkRxBytes over the window, as the other counters
 * @param lastSampleAt null where there is none in the window
 */
public record ServiceUsage(
    @Nullable String service,
    int containers,
    @Nullable RunState state,
    Figures cpuCores,
    @Nullable Double cpuLimitCores,
    @Nullable Double cpuShareOfLimit,
    Figures memoryBytes,
    @Nullable Long memoryLimitBytes,
    @Nullable Long networkRxBytes,
    @Nullable Long networkTxBytes,
    @Nullable Long blockReadBytes,
    @Nullable Long blockWriteBytes,
    @Nullable Long pids,
    long samples,
    @Nullable Instant lastSampleAt) {
  /**
   * @param now the sum of the newest samples; null where none is recent
   * @param mean over the time sampled in the window, summed over containers
   * @param max in one bucket of the window, summed over containers
   */
  public record Figures(@Nullable Double now, @Nullable Double mean, @Nullable Double max) {}

  /**
   * @param usages of the containers that were sampled in the window
   */
  public static ServiceUsage of(
      @Nullable String service,
      int containers,
      @Nullable RunState state,
      List<Usage> usages,
      Usage.Peak peak) {
    boolean measured = !usages.isEmpty();
    List<Usage.Latest> latest =
        usages.stream().map(Usage::latest).filter(Objects::nonNull).toList();
    List<Usage.Latest> current = latest.stream().filter(Usage.Latest::current).toList();
    Double mean = sum(usages, Usage::cpuCoresMean);
    Double limit = sumOfAll(latest, usages.size(), Usage.Latest::cpuLimitCores);
    Double memoryLimit = sumOfAll(latest, usages.size(), Usage.Latest::memoryLimitBytes);
    return new ServiceUsage(
        service,
        containers,
        state,
        new Figures(sum(current, Usage.Latest::cpuCores), mean, measured ? peak.cpuCores() : null),
        limit,
        mean == null || limit == null || limit <= 0 ? null : mean / limit,
        new Figures(
            sum(current, Usage.Latest::memoryBytes),
            sum(usages, Usage::memoryBytesMean),
            measured ? peak.memoryBytes() : null),
        memoryLimit == null ? null : memoryLimit.longValue(),
        total(usages, Usage::networkRxBytes),
        total(usages, Usage::networkTxBytes),
        total(usages, Usage::blockReadBytes),
        total(usages, Usage::blockWriteBytes),
        total(current, Usage.Latest::pids),
        usages.stream().mapToLong(Usage::samples).sum(),
        usages.stream().map(Usage::lastSampleAt).max(Instant::compareTo).orElse(null));
  }

  private static <T> @Nullable Double sum(Collection<T> of, ToDoubleFunction<T> figure) {
    return of.isEmpty() ? null : of.stream().mapToDouble(figure).sum();
  }

  private static <T> @Nullable Long total(Collection<T> of, ToLongFunction<T> figure) {
    return of.isEmpty() ? null : of.stream().mapToLong(figure).sum();
  }

  private static @Nullable Double sumOfAll(
      List<Usage.Latest> latest, int expected, Function<Usage.Latest, @Nullable Number> limit) {
    double sum = 0;
    for (Usage.Latest one : latest) {
      Number value = limit.apply(one);
      if (value == null) {
        return null;
      }
      sum += value.doubleValue();
    }
    return latest.isEmpty() || latest.size() < expected ? null : sum;
  }
}
