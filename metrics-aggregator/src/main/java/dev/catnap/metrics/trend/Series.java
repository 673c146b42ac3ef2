package dev.catnap.metrics.trend;

import dev.catnap.metrics.window.Bucket;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Points at equal distances; where nothing was observed there is a point without value. */
public final class Series {
  private Series() {}

  /**
   * @param at start of the step; UTC, a whole multiple of the step
   * @param value null where nothing was observed: a gap, not a zero
   */
  public record Point(Instant at, @Nullable Double value) {}

  /** The window from the start of the step that it begins in. */
  public static TimeWindow aligned(TimeWindow window, Duration step) {
    return new TimeWindow(Bucket.floor(window.from(), step), window.to());
  }

  /**
   * @param aligned as {@link #aligned} makes it
   * @param values by the start of their step
   */
  public static List<Point> points(TimeWindow aligned, Duration step, Map<Instant, Double> values) {
    List<Point> points = new ArrayList<>();
    for (Instant at = aligned.from(); at.isBefore(aligned.to()); at = at.plus(step)) {
      points.add(new Point(at, values.get(at)));
    }
    return points;
  }
}
