package dev.catnap.metrics.trend;

import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far apart the points of a series are. */
public final class Step {
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));
  private static final int POINTS_ENOUGH = 200;
  private static final int POINTS_MOST = 3_000;

  private Step() {}

  /**
   * As {@link #of(Duration, Duration)}; where none is asked for, it is an hour at least when sums
   * by the minute are not kept as long as that.
   *
   * @param minutesKept whether there are still minutes of the window's start
   */
  public static Duration of(@Nullable Duration asked, Duration window, boolean minutesKept) {
    Duration step = of(asked, window);
    Duration hour = Duration.ofHours(1);
    return asked == null && !minutesKept && step.compareTo(hour) < 0 ? hour : step;
  }

  /**
   * The smallest step that is no shorter than {@code least} and makes no more than {@code most}
   * points of the window, nor more than 3000.
   */
  public static Duration atLeast(Duration least, long most, Duration window) {
    long bound = Math.clamp(most, 1, POINTS_MOST);
    return STEPS.stream()
        .filter(step -> step.compareTo(least) >= 0 && window.dividedBy(step) <= bound)
        .findFirst()
        .orElse(STEPS.getLast());
  }

  /**
   * The step asked for, or the smallest that makes no more than 200 points of the window:
   *
   * <pre>
   * 1 h: 1m    12 h: 5m    24 h, 48 h: 15m    7 d: 1h    30 d: 6h    90 d and more: 1d
   * </pre>
   *
   * @throws InvalidFieldException when it is none of the steps, or makes more than 3000 points
   */
  public static Duration of(@Nullable Duration asked, Duration window) {
    if (asked == null) {
      return STEPS.stream()
          .filter(step -> window.dividedBy(step) <= POINTS_ENOUGH)
          .findFirst()
          .orElse(STEPS.getLast());
    }
    if (!STEPS.contains(asked)) {
      throw new InvalidFieldException("step", "must be one of 1m, 5m, 15m, 1h, 6h, 1d", asked);
    }
    if (window.dividedBy(asked) > POINTS_MOST) {
      throw new InvalidFieldException(
          "step", "must make at most " + POINTS_MOST + " points of the window", asked);
    }
    return asked;
  }
}
