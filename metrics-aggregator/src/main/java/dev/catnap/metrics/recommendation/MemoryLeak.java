package dev.catnap.metrics.recommendation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Memory that grows and is not given back: the hourly minima since the container last started rise
 * (Mann-Kendall, p below 0.01) over at least 24 h, by the Theil-Sen slope. A stop or a restart
 * begins anew.
 *
 * @param bytesPerHour the slope
 * @param p of a rise like this by chance
 * @param since the first hour looked at
 * @param hours looked at
 * @param limitReachedAt when the line meets the limit; null where there is none, or it is further
 *     than ten years away
 */
public record MemoryLeak(
    double bytesPerHour, double p, Instant since, int hours, @Nullable Instant limitReachedAt) {
  /** Older hours add nothing but time to compute. */
  public static final Duration LONGEST = Duration.ofDays(14);

  private static final int LEAST_HOURS = 24;
  private static final double SIGNIFICANT = 0.01;

  /** A rise may be certain and too small to matter; less than this over the time is none. */
  private static final double LEAST_GROWTH_BYTES = 1 << 20;

  private static final double SECONDS_AN_HOUR = 3600;
  private static final double FAR_HOURS = 10 * 365.25 * 24;

  private static final Duration EARLY_WINDOW = Duration.ofMinutes(5);
  private static final double EARLY_BYTES_PER_MINUTE = 1e6;

  /**
   * @param bytes the least in the hour, or at the moment, that begins at {@code at}
   */
  public record Level(Instant at, double bytes) {}

  /**
   * @param hourly minima since the last start, in order of time; hours may be missing
   * @param limitBytes null where there is none
   * @return null where there is no leak, or not enough to tell
   */
  public static @Nullable MemoryLeak of(List<Level> hourly, @Nullable Double limitBytes) {
    if (hourly.size() < LEAST_HOURS) {
      return null;
    }
    Instant start = hourly.getFirst().at();
    double[] hours =
        hourly.stream()
            .mapToDouble(level -> Duration.between(start, level.at()).toSeconds() / SECONDS_AN_HOUR)
            .toArray();
    double[] bytes = hourly.stream().mapToDouble(Level::bytes).toArray();
    MannKendall trend = MannKendall.of(bytes);
    if (trend.s() <= 0 || trend.p() >= SIGNIFICANT) {
      return null;
    }
    TheilSen line = TheilSen.of(hours, bytes);
    if (line.slope() * hours[hours.length - 1] < LEAST_GROWTH_BYTES) {
      return null;
    }
    return new MemoryLeak(
        line.slope(), trend.p(), start, hourly.size(), reached(line, limitBytes, start));
  }

  private static @Nullable Instant reached(
      TheilSen line, @Nullable Double limitBytes, Instant start) {
    if (limitBytes == null) {
      return null;
    }
    double hours = Math.max(0, (limitBytes - line.intercept()) / line.slope());
    return hours > FAR_HOURS ? null : start.plusSeconds(Math.round(hours * SECONDS_AN_HOUR));
  }

  /** Infinite where no limit will be met, 0 where it should have been. */
  public double hoursUntilLimit(Instant now) {
    return limitReachedAt == null
        ? Double.POSITIVE_INFINITY
        : Math.max(0, Duration.between(now, limitReachedAt).toSeconds() / SECONDS_AN_HOUR);
  }

  /**
   * An early warning, long before there is enough to call it a leak: more than 1 MB a minute over
   * the last five minutes.
   *
   * @param levels in order of time
   * @return bytes a minute; null where it grows no faster
   */
  public static @Nullable Double growingFast(List<Level> levels) {
    if (levels.size() < 2) {
      return null;
    }
    Level last = levels.getLast();
    Level before =
        levels.stream()
            .filter(level -> !level.at().isAfter(last.at().minus(EARLY_WINDOW)))
            .reduce((a, b) -> b)
            .orElse(null);
    if (before == null) {
      return null;
    }
    double minutes = Duration.between(before.at(), last.at()).toSeconds() / 60.0;
    double growth = (last.bytes() - before.bytes()) / minutes;
    return growth > EARLY_BYTES_PER_MINUTE ? growth : null;
  }
}
