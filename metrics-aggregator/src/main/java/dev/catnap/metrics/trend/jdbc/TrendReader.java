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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers questions about a figure from the tables. */
public final class TrendReader {
  /** What bands are made from: five weeks, or the window where that is longer. */
  private static final Duration HISTORY = Duration.ofDays(35);

  private static final Duration DAY = Duration.ofDays(1);

  private final TrendQuery query;
  private final HistoryCache histories = new HistoryCache();

  public TrendReader(TrendQuery query) {
    this.query = query;
  }

  /**
   * @param services null: all
   * @param withPrevious whether the points of the window before are wanted too
   */
  public Trend read(Question asked, @Nullable Collection<String> services, boolean withPrevious) {
    TimeWindow window = asked.window();
    Duration step = asked.step();
    Expectation expectation = expectation(asked, services);
    // Without weeks of history, the first points are compared with the day before the window.
    boolean dayBefore = !expectation.hasWeeks() && step.compareTo(DAY) < 0;
    int skip = dayBefore ? (int) DAY.dividedBy(step) : 0;
    TimeWindow wide = new TimeWindow(window.from().minus(step.multipliedBy(skip)), window.to());
    List<Point> points = points(asked.of(wide, step), services);
    // The step that the window's end falls into is over only where it ends there.
    Instant over = window.to().minus(step).plusNanos(1);
    List<Judged> judged = Anomaly.judge(points, expectation, asked.metric().unit(), skip, over);
    TimeWindow before = window.previous();
    Double value = query.value(asked, services);
    return new Trend(
        value,
        Change.of(value, query.value(asked.of(before, step), services)),
        judged,
        withPrevious ? points(asked.of(before, step), services) : List.of(),
        Gap.in(judged.stream().map(Judged::point).toList(), step),
        Trend.basis(expectation, judged, step));
  }

  private List<Point> points(Question asked, @Nullable Collection<String> services) {
    return Series.points(asked.window(), asked.step(), query.values(asked, services));
  }

  private Expectation expectation(Question asked, @Nullable Collection<String> services) {
    Duration cell = Expectation.cell(asked.step());
    Duration length = asked.window().length();
    // What is not over yet has less of everything.
    Instant to = Bucket.floor(asked.window().to(), cell);
    Instant from = Bucket.floor(to.minus(length.compareTo(HISTORY) > 0 ? length : HISTORY), cell);
    Question past = asked.of(new TimeWindow(from, to), cell);
    Map<Instant, Double> values = histories.get(past, services, () -> query.values(past, services));
    return Expectation.of(asked.step(), asked.metric().floor(), asked.metric().adds(), values);
  }
}
