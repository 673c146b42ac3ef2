package dev.catnap.metrics.window;

import java.time.Duration;

/** How long something is, for people. */
public final class Durations {
  private Durations() {}

  /** A duration as it is written in queries: {@code 7d}, {@code 24h}, {@code 5m}, {@code 30s}. */
  public static String written(Duration duration) {
    if (isWhole(duration, Duration.ofDays(1)) && duration.toDays() > 1) {
      return duration.toDays() + "d";
    }
    if (isWhole(duration, Duration.ofHours(1))) {
      return duration.toHours() + "h";
    }
    if (isWhole(duration, Duration.ofMinutes(1))) {
      return duration.toMinutes() + "m";
    }
    return isWhole(duration, Duration.ofSeconds(1))
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }

  private static boolean isWhole(Duration duration, Duration unit) {
    return duration.toMillis() % unit.toMillis() == 0;
  }
}
