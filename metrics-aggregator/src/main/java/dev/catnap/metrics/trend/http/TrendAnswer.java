package dev.catnap.metrics.trend.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.metrics.table.Tabular;
import dev.catnap.metrics.trend.Anomaly;
import dev.catnap.metrics.trend.Anomaly.Judged;
import dev.catnap.metrics.trend.Change;
import dev.catnap.metrics.trend.Gap;
import dev.catnap.metrics.trend.Trend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /metrics/trends} answers.
 *
 * @param percentile absent where it is a mean or a count
 * @param from start of the first step
 * @param value over the whole window; absent where nothing was observed
 * @param change against the window before
 * @param previousPoints of the window before, at their own times; only with compare=previous
 * @param gaps where nothing was observed; these points have no value
 * @param series one for each group; only with by
 */
public record TrendAnswer(
    String metric,
    String unit,
    @Nullable Double percentile,
    @Nullable String service,
    @Nullable String group,
    @Nullable String label,
    String step,
    String window,
    Instant from,
    Instant to,
    @Nullable Double value,
    Change change,
    List<Point> points,
    @Nullable List<Point> previousPoints,
    List<Gap> gaps,
    BandView band,
    List<AnomalyView> anomalies,
    @Nullable String by,
    @Nullable List<SeriesView> series,
    @Nullable String nextCursor)
    implements Tabular {
  /** A gap is written out, as {@code "value": null}. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Point(Instant at, @Nullable Double value) {
    static List<Point> of(List<dev.catnap.metrics.trend.Series.Point> points) {
      return points.stream().map(point -> new Point(point.at(), point.value())).toList();
    }
  }

  /**
   * Where the points are expected.
   *
   * @param method hour_of_week or last_24h; none where too little is known
   * @param basis what it is made from, for a person
   */
  public record BandView(String method, String basis, List<BandPoint> points) {
    static BandView of(Trend trend) {
      List<BandPoint> points = trend.judged().stream().map(BandPoint::of).toList();
      String method =
          trend.judged().stream()
              .map(Judged::band)
              .filter(Objects::nonNull)
              .findFirst()
              .map(band -> band.method().toString())
              .orElse("none");
      return new BandView(method, trend.basis(), points);
    }
  }

  /** Without bounds where too little is known. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record BandPoint(
      Instant at, @Nullable Double lower, @Nullable Double middle, @Nullable Double upper) {
    static BandPoint of(Judged judged) {
      var band = judged.band();
      Instant at = judged.point().at();
      return band == null
          ? new BandPoint(at, null, null, null)
          : new BandPoint(at, band.lower(), band.middle(), band.upper());
    }
  }

  /**
   * @param score robust standard deviations off; negative below
   */
  public record AnomalyView(
      Instant at,
      double value,
      double lower,
      double middle,
      double upper,
      double score,
      String reason) {
    static List<AnomalyView> of(List<Anomaly> anomalies) {
      return anomalies.stream()
          .map(one ->
              new AnomalyView(
                  one.at(),
                  one.value(),
                  one.band().lower(),
                  one.band().middle(),
                  one.band().upper(),
                  one.score(),
                  one.reason()))
          .toList();
    }
  }

  /**
   * @param key the service, the group or the label's value
   */
  public record SeriesView(
      String key,
      SortedSet<String> services,
      @Nullable Double value,
      Change change,
      List<Point> points,
      List<Gap> gaps,
      BandView band,
      List<AnomalyView> anomalies) {
    static SeriesView of(String key, SortedSet<String> services, Trend trend) {
      return new SeriesView(
          key,
          services,
          trend.value(),
          trend.change(),
          Point.of(trend.points()),
          trend.gaps(),
          BandView.of(trend),
          AnomalyView.of(trend.anomalies()));
    }
  }

  /** A line of the table. */
  public record Row(
      @Nullable String key,
      Instant at,
      @Nullable Double value,
      @Nullable Double lower,
      @Nullable Double middle,
      @Nullable Double upper,
      @Nullable String anomaly) {}

  @Override
  @JsonIgnore
  public List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    List<SeriesView> all = series;
    if (all == null) {
      add(rows, service, points, band, anomalies);
    } else {
      all.forEach(one -> add(rows, one.key(), one.points(), one.band(), one.anomalies()));
    }
    return rows;
  }

  private static void add(
      List<Row> rows,
      @Nullable String key,
      List<Point> points,
      BandView band,
      List<AnomalyView> anomalies) {
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      BandPoint bounds = band.points().get(i);
      String reason =
          anomalies.stream()
              .filter(one -> one.at().equals(point.at()))
              .map(AnomalyView::reason)
              .findFirst()
              .orElse(null);
      rows.add(
          new Row(
              key,
              point.at(),
              point.value(),
              bounds.lower(),
              bounds.middle(),
              bounds.upper(),
              reason));
    }
  }
}
