package dev.catnap.metrics.trend;

import dev.catnap.events.InvalidFieldException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures that there are series of. */
public enum TrendMetric {
  /** Mean over the time sampled, summed over containers; memory likewise. */
  CPU_CORES(Source.USAGE, "cores"),
  MEMORY_BYTES(Source.USAGE, "bytes"),
  /** Within a step; sent likewise. */
  NETWORK_RX_BYTES(Source.USAGE, "bytes"),
  NETWORK_TX_BYTES(Source.USAGE, "bytes"),
  /** Activity of kind request within a step. */
  REQUESTS(Source.REQUESTS, "requests"),
  /** Wakes that succeeded within a step. */
  WAKES(Source.WAKES, "wakes"),
  /** Containers that went to sleep within a step. */
  SLEEPS(Source.STATES, "sleeps"),
  /** Of the wakes that ended within a step, at the percentile asked for. */
  WAKE_LATENCY(Source.WAKES, "milliseconds"),
  /** The same at a percentile that its name says. */
  WAKE_LATENCY_P50(Source.WAKES, "milliseconds"),
  WAKE_LATENCY_P95(Source.WAKES, "milliseconds"),
  WAKE_LATENCY_P99(Source.WAKES, "milliseconds"),
  /** Time asleep as a share of the time observed, 0 to 1. */
  SLEEP_SHARE(Source.STATES, "share"),
  /** Mean number over a step. */
  RUNNING_CONTAINERS(Source.STATES, "containers");

  /** The tables it comes from. */
  public enum Source {
    USAGE,
    REQUESTS,
    WAKES,
    STATES
  }

  private final Source source;
  private final String unit;

  TrendMetric(Source source, String unit) {
    this.source = source;
    this.unit = unit;
  }

  public Source source() {
    return source;
  }

  public String unit() {
    return unit;
  }

  /** Whether a step in which something was observed, but none of these, has 0 of them. */
  public boolean isCount() {
    return this == REQUESTS || this == WAKES || this == SLEEPS;
  }

  /** Whether it is read from sums, of which the short ones are not kept as long as the long. */
  public boolean isSummed() {
    return source == Source.USAGE || source == Source.REQUESTS;
  }

  /** Whether it adds up over time, so that a shorter step has less of it. */
  public boolean adds() {
    return isCount() || this == NETWORK_RX_BYTES || this == NETWORK_TX_BYTES;
  }

  /** Whether a percentile can be asked for. */
  public boolean hasPercentiles() {
    return this == WAKE_LATENCY || this == CPU_CORES || this == MEMORY_BYTES;
  }

  /** How far from the usual it must be at least to count for anything, in its unit. */
  public double floor() {
    return switch (this) {
      case CPU_CORES -> 0.01;
      case MEMORY_BYTES -> 1 << 20;
      case NETWORK_RX_BYTES, NETWORK_TX_BYTES -> 4096;
      case REQUESTS, WAKES, SLEEPS -> 1;
      case WAKE_LATENCY, WAKE_LATENCY_P50, WAKE_LATENCY_P95, WAKE_LATENCY_P99 -> 5;
      case SLEEP_SHARE -> 0.02;
      case RUNNING_CONTAINERS -> 0.1;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws InvalidFieldException listing those there are
   */
  public static TrendMetric named(@Nullable String name) {
    return Arrays.stream(values())
        .filter(metric -> metric.toString().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new InvalidFieldException(
                "metric",
                "must be one of "
                    + Arrays.stream(values())
                        .map(TrendMetric::toString)
                        .collect(Collectors.joining(", ")),
                name));
  }
}
