package dev.catnap.metrics.window;

import java.time.Duration;
import java.time.Instant;

/**
 * A stretch of time.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 */
public record TimeWindow(Instant from, Instant to) {
  /** The longest that may be asked for: a year, and a leap year. */
  public static final Duration LONGEST = Duration.ofDays(366);

  public TimeWindow {
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException("from must be before to");
    }
  }

  public Duration length() {
    return Duration.between(from, to);
  }

  /** The window of the same length that ends where this one begins. */
  public TimeWindow previous() {
    return new TimeWindow(from.minus(length()), from);
  }
}
