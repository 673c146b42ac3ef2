package dev.catnap.metrics.trend.http;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.metrics.catalog.Selection;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.trend.Anomaly.Judged;
import dev.catnap.metrics.trend.Band;
import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.trend.Series;
import dev.catnap.metrics.trend.Step;
import dev.catnap.metrics.trend.Target;
import dev.catnap.metrics.trend.Trend;
import dev.catnap.metrics.trend.jdbc.TrendReader;
import dev.catnap.metrics.window.TimeWindow;
import dev.catnap.metrics.window.http.Windows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /metrics/grafana}: what Grafana's JSON data sources (simpod-json-datasource, and the
 * simple-json contract before it) ask a server.
 */
@RestController
@Tag(name = "grafana")
public final class GrafanaEndpoint {
  private static final int MOST_TARGETS = 50;
  private static final long DEFAULT_POINTS = 500;

  private final TrendReader trends;
  private final Definitions definitions;
  private final Clock clock;

  public GrafanaEndpoint(TrendReader trends, Definitions definitions, Clock clock) {
    this.trends = trends;
    this.definitions = definitions;
    this.clock = clock;
  }

  /** The dashboard's window. */
  public record Range(@Nullable Instant from, @Nullable Instant to) {}

  /**
   * @param target as {@link Target} reads it
   * @param payload conditions likewise, which the editor sends apart: {@code {"service": "shop"}}
   */
  public record Wanted(@Nullable String target, @Nullable Map<String, @Nullable Object> payload) {
    static final Wanted NOTHING = new Wanted(null, null);
  }

  public record Query(
      @Nullable Range range,
      @Nullable Long intervalMs,
      @Nullable Long maxDataPoints,
      @Nullable List<Wanted> targets) {}

  /** {@code query} holds the target whose anomalies are to be marked. */
  public record Marking(@Nullable String query) {}

  public record Marks(@Nullable Range range, @Nullable Marking annotation) {}

  /**
   * @param datapoints value and milliseconds since 1970; null where nothing was observed
   */
  public record Line(String target, List<List<@Nullable Number>> datapoints) {}

  public record Mark(long time, String title, String text, List<String> tags) {}

  @GetMapping("/metrics/grafana")
  @Operation(summary = "Whether the data source works")
  public Map<String, String> ok() {
    return Map.of("status", "ok");
  }

  @PostMapping("/metrics/grafana/query")
  @Operation(
      summary = "Series of targets such as requests{service=\"shop\", band=\"true\"}",
      description = "The step is the shortest that suits intervalMs and maxDataPoints.")
  public List<Line> query(@RequestBody Query query) {
    List<Wanted> wanted = query.targets() == null ? List.of() : query.targets();
    if (wanted.size() > MOST_TARGETS) {
      throw new InvalidFieldException("targets", "must be at most 50", wanted.size());
    }
    TimeWindow window = window(query.range());
    Duration step =
        Step.atLeast(
            Duration.ofMillis(Math.max(0, query.intervalMs() == null ? 0 : query.intervalMs())),
            query.maxDataPoints() == null ? DEFAULT_POINTS : query.maxDataPoints(),
            window.length());
    List<Line> lines = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      Wanted one = Objects.requireNonNullElse(wanted.get(i), Wanted.NOTHING);
      Target target = target("targets[" + i + "]", one);
      String name = one.payload() == null ? String.valueOf(one.target()) : target.toString();
      lines.addAll(lines(name, target, read(target, window, step)));
    }
    return lines;
  }

  @PostMapping("/metrics/grafana/annotations")
  @Operation(summary = "The anomalies of a target, as annotations")
  public List<Mark> annotations(@RequestBody Marks marks) {
    Marking marking = marks.annotation();
    Target target = Target.read("annotation.query", marking == null ? null : marking.query());
    TimeWindow window = window(marks.range());
    Trend trend = read(target, window, Step.of(null, window.length()));
    return trend.anomalies().stream()
        .map(one ->
            new Mark(
                one.at().toEpochMilli(),
                "unusual " + target.metric(),
                one.reason(),
                List.of("anomaly", target.metric().toString())))
        .toList();
  }

  private static Target target(String field, Wanted wanted) {
    Target target = Target.read(field + ".target", wanted.target());
    Map<String, @Nullable Object> payload = wanted.payload();
    return payload == null ? target : target.with(field + ".payload", payload);
  }

  private TimeWindow window(@Nullable Range range) {
    if (range == null || range.from() == null || range.to() == null) {
      throw new InvalidFieldException("range", "must have from and to", null);
    }
    return Windows.of(null, range.from(), range.to(), clock.instant());
  }

  private Trend read(Target target, TimeWindow window, Duration step) {
    Selection selection = new Selection(target.service(), target.group(), target.label());
    Question question =
        new Question(target.metric(), target.percentile(), Series.aligned(window, step), step);
    return Asking.database(() -> trends.read(question, definitions.asked(selection), false));
  }

  private static List<Line> lines(String name, Target target, Trend trend) {
    List<Line> lines = new ArrayList<>();
    lines.add(line(name, trend, judged -> judged.point().value()));
    if (target.band()) {
      lines.add(line(name + " lower", trend, bound(Band::lower)));
      lines.add(line(name + " upper", trend, bound(Band::upper)));
    }
    return lines;
  }

  private static Function<Judged, @Nullable Double> bound(Function<Band, Double> bound) {
    return judged -> judged.band() == null ? null : bound.apply(judged.band());
  }

  private static Line line(String name, Trend trend, Function<Judged, @Nullable Double> value) {
    List<List<@Nullable Number>> points = new ArrayList<>();
    for (Judged judged : trend.judged()) {
      points.add(Arrays.asList(value.apply(judged), judged.point().at().toEpochMilli()));
    }
    return new Line(name, points);
  }
}
