package dev.catnap.metrics.trend;

import dev.catnap.metrics.trend.Series.Point;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A point outside of its band.
 *
 * @param score see {@link Band#score}; negative below
 * @param reason for a person, with its numbers
 */
public record Anomaly(Instant at, double value, Band band, double score, String reason) {
  /** A point with what was expected of it; the band is null where nothing was. */
  public record Judged(Point point, @Nullable Band band, @Nullable Anomaly anomaly) {}

  /**
   * @param points in order
   * @param unit of the values, for the reason
   * @param skip how many of the points at the start are only there to be compared with
   * @param over a point at or after this is not over yet, and is not called odd for that
   */
  public static List<Judged> judge(
      List<Point> points, Expectation expectation, String unit, int skip, Instant over) {
    List<Judged> judged = new ArrayList<>();
    for (int i = skip; i < points.size(); i++) {
      Point point = points.get(i);
      Band band = expectation.band(point.at(), points.subList(0, i));
      Anomaly anomaly = point.at().isBefore(over) ? of(point, band, unit) : null;
      judged.add(new Judged(point, band, anomaly));
    }
    return judged;
  }

  private static @Nullable Anomaly of(Point point, @Nullable Band band, String unit) {
    Double value = point.value();
    if (value == null || band == null || band.contains(value)) {
      return null;
    }
    double score = band.score(value);
    return new Anomaly(point.at(), value, band, score, reason(value, band, score, unit));
  }

  private static String reason(double value, Band band, double score, String unit) {
    String like =
        band.method() == Band.Method.HOUR_OF_WEEK
            ? "the same hour of " + band.compared() + " other weeks"
            : "the " + band.compared() + " steps of the 24 h before";
    return String.format(
        Locale.ROOT,
        "%s %s is %s the band %s to %s: the median of %s is %s, and this is %.1f times as far off as"
            + " they are (MAD %s)",
        figure(value),
        unit,
        score > 0 ? "above" : "below",
        figure(band.lower()),
        figure(band.upper()),
        like,
        figure(band.middle()),
        Math.abs(value - band.middle()) / band.mad(),
        figure(band.mad()));
  }

  private static String figure(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
