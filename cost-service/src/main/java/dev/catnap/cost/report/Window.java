package dev.catnap.cost.report;

import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The time a report is about.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param step length of a point of the series; null: no series
 */
public record Window(Instant from, Instant to, @Nullable Duration step) {
  /** A year of hours fits; more points than pixels help nobody. */
  public static final int MOST_POINTS = 10_000;

  public static final Duration LONGEST = Duration.ofDays(3660);

  private static final Duration SHORTEST_STEP = Duration.ofSeconds(1);

  public Window {
    if (!to.isAfter(from)) {
      throw new InvalidFieldException("to", "must be after from, " + from, to);
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new InvalidFieldException("from", "must be at most 3660d before to, " + to, from);
    }
    if (step != null && tooShort(step, Duration.between(from, to))) {
      throw new InvalidFieldException(
          "step", "must be at least 1s and give at most " + MOST_POINTS + " points", step);
    }
  }

  private static boolean tooShort(Duration step, Duration length) {
    return step.compareTo(SHORTEST_STEP) < 0 || length.dividedBy(step) >= MOST_POINTS;
  }

  /** Begin of each point of the series, the window's own among them. */
  List<Instant> points() {
    List<Instant> points = new ArrayList<>();
    if (step != null) {
      for (Instant at = from; at.isBefore(to); at = at.plus(step)) {
        points.add(at);
      }
    }
    return points;
  }
}
