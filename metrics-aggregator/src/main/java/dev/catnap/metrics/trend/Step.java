package dev.catnap.metrics.trend;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.metrics.window.Durations;
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

  /** The shortest there is. */
  public static final Duration FINEST = STEPS.getFirst();

  private static final int POINTS_ENOUGH = 200;
  private static final int POINTS_MOST = 3_000;

  private Step() {}

  /**
   * As {@link #of(Duration, Duration)}, but no shorter than what there are sums of: less would show
   * gaps where there was something.
   *
   * @param finest the shortest sums that are kept since the window's start
   * @throws InvalidFieldException also when a shorter one is asked for
   */
  public static Duration of(@Nullable Duration asked, Duration window, Duration finest) {
    Duration step = of(asked, window);
    if (step.compareTo(finest) >= 0) {
      return step;
    }
    if (asked == null) {
      return finest;
    }
    throw new InvalidFieldException(
        "step",
        "must be at least "
            + Durations.written(finest)
            + ": of so long ago there are no sums of less any more",
        Durations.written(asked));
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
      throw new InvalidFieldException(
          "step", "must be one of 1m, 5m, 15m, 1h, 6h, 1d", Durations.written(asked));
    }
    if (window.dividedBy(asked) > POINTS_MOST) {
      throw new InvalidFieldException(
          "step",
          "must make at most " + POINTS_MOST + " points of the window",
          Durations.written(asked));
    }
    return asked;
  }
}
