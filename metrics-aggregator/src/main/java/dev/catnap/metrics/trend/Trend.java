package dev.catnap.metrics.trend;

import dev.catnap.metrics.trend.Anomaly.Judged;
import dev.catnap.metrics.trend.Series.Point;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a figure did in a window, and what was to be expected.
 *
 * @param value over the whole window; null where nothing was observed
 * @param change against the window before
 * @param judged its points, each with its band and what is odd about it
 * @param previous the points of the window before, in order
 * @param gaps where nothing was observed
 * @param basis what the band was made from, for a person
 */
public record Trend(
    @Nullable Double value,
    Change change,
    List<Judged> judged,
    List<Point> previous,
    List<Gap> gaps,
    String basis) {
  /** The points outside of their band. */
  public List<Anomaly> anomalies() {
    return judged.stream().map(Judged::anomaly).filter(Objects::nonNull).toList();
  }

  public List<Point> points() {
    return judged.stream().map(Judged::point).toList();
  }

  /** Says what the band was made from, or why there is none. */
  public static String basis(Expectation expectation, List<Judged> judged, Duration step) {
    boolean any = judged.stream().anyMatch(one -> one.band() != null);
    if (expectation.hasWeeks() && any) {
      return String.format(
          Locale.ROOT,
          "the same %s of the week over %.0f days: median and MAD, anomalies beyond 3.5 robust"
              + " standard deviations",
          step.compareTo(Duration.ofHours(1)) > 0 ? "time" : "hour",
          expectation.days());
    }
    String less =
        String.format(
            Locale.ROOT, "%.1f days of history, hours of the week need 21", expectation.days());
    return any
        ? less + ": the median of the 24 h before each point, and 2 MAD to either side"
        : less + ", and the 24 h before need 6 points: no band";
  }
}
