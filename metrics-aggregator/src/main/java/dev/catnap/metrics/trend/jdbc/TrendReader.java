package dev.catnap.metrics.trend.jdbc;

import dev.catnap.metrics.trend.Anomaly;
import dev.catnap.metrics.trend.Anomaly.Judged;
import dev.catnap.metrics.trend.Change;
import dev.catnap.metrics.trend.Expectation;
import dev.catnap.metrics.trend.Gap;
import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.trend.Series;
import dev.catnap.metrics.trend.Series.Point;
import dev.catnap.metrics.trend.Trend;
import dev.catnap.metrics.window.Bucket;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers questions about a figure from the tables. */
public final class TrendReader {
  /** What bands are made from: five weeks, or the window where that is longer. */
  private static final Duration HISTORY = Duration.ofDays(35);

  private static final Duration DAY = Duration.ofDays(1);

  private final TrendQuery query;
  private final Function<Instant, Duration> finestSums;
  private final HistoryCache histories = new HistoryCache();

  /**
   * @param finestSums the shortest steps of which there are sums since a time
   */
  public TrendReader(TrendQuery query, Function<Instant, Duration> finestSums) {
    this.query = query;
    this.finestSums = finestSums;
  }

  /**
   * @param services null: all
   * @param withPrevious whether the points of the window before are wanted too
   */
  public Trend read(Question asked, @Nullable Collection<String> services, boolean withPrevious) {
    TimeWindow window = asked.window();
    Duration step = asked.step();
    Past past = past(asked, services);
    Expectation expectation = past.expectationOf(asked);
    // Without weeks of history, the first points are compared with the day before the window.
    boolean dayBefore = !expectation.hasWeeks() && step.compareTo(DAY) < 0;
    int skip = dayBefore ? (int) DAY.dividedBy(step) : 0;
    TimeWindow wide = new TimeWindow(window.from().minus(step.multipliedBy(skip)), window.to());
    List<Point> points = points(asked.of(wide, step), services, past);
    // The step that the window's end falls into is over only where it ends there.
    Instant over = window.to().minus(step).plusNanos(1);
    List<Judged> judged = Anomaly.judge(points, expectation, asked.metric().unit(), skip, over);
    TimeWindow before = window.previous();
    Double value = query.value(asked, services);
    return new Trend(
        value,
        Change.of(value, query.value(asked.of(before, kept(before, step)), services)),
        judged,
        withPrevious ? points(asked.of(before, step), services) : List.of(),
        Gap.in(judged.stream().map(Judged::point).toList(), step),
        Trend.basis(expectation, judged, step));
  }

  /**
   * Sums that make up the step may be kept since the window's start, but not since the former's.
   */
  private Duration kept(TimeWindow window, Duration step) {
    Duration finest = finestSums.apply(window.from());
    return step.compareTo(finest) < 0 ? finest : step;
  }

  /** What the past tells is not read again, but for its last day, in which much may still come. */
  private List<Point> points(Question asked, @Nullable Collection<String> services, Past past) {
    Instant fresh = past.window().to().minus(DAY);
    if (!past.tells(asked) || !fresh.isAfter(asked.window().from())) {
      return points(asked, services);
    }
    Map<Instant, Double> values = new HashMap<>(past.values());
    values.keySet().removeIf(at -> !at.isBefore(fresh));
    Question rest = asked.of(new TimeWindow(fresh, asked.window().to()), asked.step());
    values.putAll(query.values(rest, services));
    return Series.points(asked.window(), asked.step(), values);
  }

  private List<Point> points(Question asked, @Nullable Collection<String> services) {
    return Series.points(asked.window(), asked.step(), query.values(asked, services));
  }

  private Past past(Question asked, @Nullable Collection<String> services) {
    Duration cell = Expectation.cell(asked.step());
    Duration length = asked.window().length();
    // What is not over yet has less of everything.
    Instant to = Bucket.floor(asked.window().to(), cell);
    Instant from = Bucket.floor(to.minus(length.compareTo(HISTORY) > 0 ? length : HISTORY), cell);
    Question past = asked.of(new TimeWindow(from, to), cell);
    return new Past(
        past.window(), cell, histories.get(past, services, () -> query.values(past, services)));
  }

  /**
   * @param values by the start of their cell; gaps are not in it
   */
  private record Past(TimeWindow window, Duration cell, Map<Instant, Double> values) {
    Expectation expectationOf(Question asked) {
      return Expectation.of(asked.step(), asked.metric().floor(), asked.metric().adds(), values);
    }

    boolean tells(Question asked) {
      return cell.equals(asked.step()) && !asked.window().from().isBefore(window.from());
    }
  }
}
