package dev.catnap.metrics.trend;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a figure.
 *
 * @param percentile between 0 and 100; null: the mean, of wake latency 95
 * @param window aligned to the step
 */
public record Question(
    TrendMetric metric, @Nullable Double percentile, TimeWindow window, Duration step) {
  private static final double DEFAULT_OF_LATENCY = 95;

  public Question {
    if (percentile != null && !metric.hasPercentiles()) {
      throw new InvalidFieldException(
          "percentile",
          "must be absent: only wake_latency, cpu_cores and memory_bytes have one",
          percentile);
    }
    if (percentile != null && !(percentile > 0 && percentile <= 100)) {
      throw new InvalidFieldException("percentile", "must be above 0 and at most 100", percentile);
    }
  }

  /** The same of another window. */
  public Question of(TimeWindow other, Duration otherStep) {
    return new Question(metric, percentile, other, otherStep);
  }

  /** 0 to 1; null: the mean is asked for. */
  public @Nullable Double share() {
    return switch (metric) {
      case WAKE_LATENCY -> (percentile == null ? DEFAULT_OF_LATENCY : percentile) / 100;
      case WAKE_LATENCY_P50 -> 0.5;
      case WAKE_LATENCY_P95 -> 0.95;
      case WAKE_LATENCY_P99 -> 0.99;
      default -> percentile == null ? null : Double.valueOf(percentile / 100);
    };
  }
}
