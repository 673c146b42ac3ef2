package dev.catnap.metrics.trend;

import dev.catnap.metrics.trend.Band.Method;
import dev.catnap.metrics.trend.Series.Point;
import dev.catnap.metrics.window.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What to expect of the points of a series, from the history of the same figure.
 *
 * <p>From three weeks of history on: the median and MAD of the same cell of the week (168 cells of
 * an hour, fewer where the step is longer), the point's own left out; an anomaly where |0.6745 x (x
 * - median) / MAD| is above 3.5. Before that: the median of the 24 h before and 2 MAD to either
 * side (Grafana's robust rule). Two points at least, six in the second case, are compared, else
 * nothing is said. MAD has a floor: 1 % of the median, and a floor of the metric's own, so that
 * nothing is an anomaly for being a hair off a constant.
 *
 * <p>A gap is nothing to compare with, and is compared with nothing.
 */
public final class Expectation {
  /** History needed for hours of the week. */
  public static final Duration ENOUGH = Duration.ofDays(21);

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration HOUR = Duration.ofHours(1);

  /** Monday 00:00 UTC. */
  private static final Instant MONDAY = Instant.parse("1970-01-05T00:00:00Z");

  private static final double SCORE = 3.5;
  private static final double TO_MAD = 1 / 0.6745;
  private static final double FEW_DAYS_MADS = 2;
  private static final int LEAST_OF_CELL = 2;
  private static final int LEAST_OF_DAY = 6;
  private static final double RELATIVE_FLOOR = 0.01;

  private final Duration cell;
  private final double scale;
  private final double floor;
  private final NavigableMap<Instant, Double> history;
  private final Map<Long, List<Point>> cells = new HashMap<>();
  private final boolean weeks;

  private Expectation(
      Duration cell, double scale, double floor, NavigableMap<Instant, Double> history) {
    this.cell = cell;
    this.scale = scale;
    this.floor = floor;
    this.history = history;
    history.forEach((at, value) ->
        cells.computeIfAbsent(cellOf(at), none -> new ArrayList<>()).add(new Point(at, value)));
    this.weeks = !history.isEmpty() && span(history).compareTo(ENOUGH) >= 0;
  }

  /** How long the steps of the history must be for points of this step: an hour at least. */
  public static Duration cell(Duration step) {
    return step.compareTo(HOUR) > 0 ? step : HOUR;
  }

  /**
   * @param step of the points that are judged
   * @param floor under MAD, in the figure's unit, for a step of this length; at least 0
   * @param adds whether the figure adds up over time, as counts do, so that five minutes have a
   *     twelfth of what an hour has; a mean does not
   * @param history values by the start of their step of {@link #cell} length; gaps are not in it
   */
  public static Expectation of(
      Duration step, double floor, boolean adds, Map<Instant, Double> history) {
    Duration cell = cell(step);
    double scale = adds ? (double) step.toSeconds() / cell.toSeconds() : 1;
    return new Expectation(cell, scale, floor, new TreeMap<>(history));
  }

  private Duration span(NavigableMap<Instant, Double> of) {
    return Duration.between(of.firstKey(), of.lastKey()).plus(cell);
  }

  private long cellOf(Instant at) {
    long seconds = Math.floorMod(Duration.between(MONDAY, at).toSeconds(), WEEK.toSeconds());
    return seconds / cell.toSeconds();
  }

  /** Whether there are three weeks of history, so that hours of the week are compared. */
  public boolean hasWeeks() {
    return weeks;
  }

  /** The days of history there are. */
  public double days() {
    return history.isEmpty() ? 0 : (double) span(history).toHours() / DAY.toHours();
  }

  /**
   * @param at start of the point's step
   * @param before the points before it, in order, at its own step
   * @return null where too little is known
   */
  public @Nullable Band band(Instant at, List<Point> before) {
    return weeks ? byWeek(at) : byDay(at, before);
  }

  private @Nullable Band byWeek(Instant at) {
    Instant own = Bucket.floor(at, cell);
    double[] others =
        cells.getOrDefault(cellOf(at), List.of()).stream()
            .filter(point -> !point.at().equals(own))
            .mapToDouble(point -> point.value() == null ? 0 : point.value() * scale)
            .toArray();
    return others.length < LEAST_OF_CELL
        ? null
        : band(at, others, SCORE * TO_MAD, Method.HOUR_OF_WEEK);
  }

  private @Nullable Band byDay(Instant at, List<Point> before) {
    Instant from = at.minus(DAY);
    List<Double> values = new ArrayList<>();
    for (int i = before.size() - 1; i >= 0 && !before.get(i).at().isBefore(from); i--) {
      Double value = before.get(i).value();
      if (value != null) {
        values.add(value);
      }
    }
    return values.size() < LEAST_OF_DAY
        ? null
        : band(
            at,
            values.stream().mapToDouble(Double::doubleValue).toArray(),
            FEW_DAYS_MADS,
            Method.LAST_24H);
  }

  private Band band(Instant at, double[] values, double mads, Method method) {
    Robust robust = Robust.of(values);
    double mad =
        Math.max(robust.mad(), Math.max(floor, RELATIVE_FLOOR * Math.abs(robust.median())));
    // What is told here is never negative.
    double lower = Math.max(0, robust.median() - mads * mad);
    return new Band(
        at, lower, robust.median(), robust.median() + mads * mad, mad, method, values.length);
  }
}
