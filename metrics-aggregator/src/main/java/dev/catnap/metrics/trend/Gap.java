package dev.catnap.metrics.trend;

import dev.catnap.metrics.trend.Series.Point;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which nothing was observed.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Gap(Instant from, Instant to) {
  /**
   * @param points in order, a step apart
   */
  public static List<Gap> in(List<Point> points, Duration step) {
    List<Gap> gaps = new ArrayList<>();
    Instant since = null;
    Instant end = null;
    for (Point point : points) {
      if (point.value() == null) {
        since = since == null ? point.at() : since;
      } else {
        close(gaps, since, point.at());
        since = null;
      }
      end = point.at().plus(step);
    }
    close(gaps, since, end);
    return gaps;
  }

  private static void close(List<Gap> gaps, @Nullable Instant from, @Nullable Instant to) {
    if (from != null && to != null) {
      gaps.add(new Gap(from, to));
    }
  }
}
