package dev.catnap.metrics.trend;

import org.jspecify.annotations.Nullable;

/**
 * How a figure differs from the window before: current / previous - 1, with what cannot be said as
 * a number said as such.
 *
 * @param ratio a number, or {@code "infinite"} where there was nothing before and is something now,
 *     or {@code "undefined"} where there was nothing both times or one of them was not observed
 */
public record Change(@Nullable Double current, @Nullable Double previous, Object ratio) {
  public static Change of(@Nullable Double current, @Nullable Double previous) {
    if (current == null || previous == null) {
      return new Change(current, previous, "undefined");
    }
    if (previous == 0) {
      return new Change(current, previous, current == 0 ? "undefined" : "infinite");
    }
    return new Change(current, previous, current / previous - 1);
  }
}
