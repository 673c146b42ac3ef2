package dev.catnap.metrics.trend.http;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.metrics.MetricsSettings;
import dev.catnap.metrics.catalog.Selection;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.storage.http.Asking;
import dev.catnap.metrics.trend.Question;
import dev.catnap.metrics.trend.Series;
import dev.catnap.metrics.trend.Step;
import dev.catnap.metrics.trend.Trend;
import dev.catnap.metrics.trend.TrendMetric;
import dev.catnap.metrics.trend.http.TrendAnswer.AnomalyView;
import dev.catnap.metrics.trend.http.TrendAnswer.BandView;
import dev.catnap.metrics.trend.http.TrendAnswer.Point;
import dev.catnap.metrics.trend.http.TrendAnswer.SeriesView;
import dev.catnap.metrics.trend.jdbc.TrendReader;
import dev.catnap.metrics.window.Durations;
import dev.catnap.metrics.window.TimeWindow;
import dev.catnap.metrics.window.http.Windows;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /metrics/trends}. */
@RestController
@Tag(name = "metrics")
public final class TrendsEndpoint {
  /** Each has its own band, so its own history to read. */
  private static final int MOST_SERIES = 50;

  private final TrendReader trends;
  private final Definitions definitions;
  private final Clock clock;
  private final MetricsSettings settings;

  public TrendsEndpoint(
      TrendReader trends, Definitions definitions, Clock clock, MetricsSettings settings) {
    this.trends = trends;
    this.definitions = definitions;
    this.clock = clock;
    this.settings = settings;
  }

  @GetMapping(
      value = "/metrics/trends",
      produces = {"application/json", "text/csv"})
  @Operation(
      summary = "A figure over time: points, change, band, anomalies",
      description =
          "Where nothing was observed there is a gap, told as such, never a zero. The band is made"
              + " from the same hour of the week over five weeks, where there are three; before that"
              + " from the 24 h before each point. What lies outside is an anomaly, with its reason.")
  public TrendAnswer trends(
      @Parameter(
              description =
                  "cpu_cores, memory_bytes, network_rx_bytes, network_tx_bytes, requests, wakes,"
                      + " sleeps, wake_latency, wake_latency_p50, wake_latency_p95,"
                      + " wake_latency_p99, sleep_share, running_containers",
              example = "cpu_cores")
          @RequestParam(required = false)
          @Nullable String metric,
      @Parameter(description = "how long, at most 366d", example = "7d")
          @RequestParam(required = false)
          @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @Parameter(description = "1m, 5m, 15m, 1h, 6h, 1d, or as fits the window", example = "1h")
          @RequestParam(required = false)
          @Nullable Duration step,
      @Parameter(
              description = "of wake_latency (default 95), cpu_cores, memory_bytes",
              example = "95")
          @RequestParam(required = false)
          @Nullable Double percentile,
      @Parameter(example = "shop") @RequestParam(required = false) @Nullable String service,
      @RequestParam(required = false) @Nullable String group,
      @Parameter(description = "key=value", example = "team=web") @RequestParam(required = false)
          @Nullable String label,
      @Parameter(description = "a series each: service, group or label:KEY", example = "group")
          @RequestParam(required = false)
          @Nullable String by,
      @Parameter(description = "previous: its points too", example = "previous")
          @RequestParam(required = false)
          @Nullable String compare,
      PageQuery page) {
    TrendMetric figure = TrendMetric.named(metric);
    TimeWindow asked = Windows.of(window, from, to, clock.instant());
    Duration finest =
        figure.isSummed() ? settings.finestSums(asked.from(), clock.instant()) : Step.FINEST;
    Duration distance = Step.of(step, asked.length(), finest);
    Question question = new Question(figure, percentile, Series.aligned(asked, distance), distance);
    Selection selection = new Selection(service, group, label);
    boolean compared = isCompared(compare);
    Trend trend =
        Asking.database(() -> trends.read(question, definitions.asked(selection), compared));
    Page<SeriesView> series = by == null ? null : series(question, selection, by, page);
    return answer(question, asked, selection, trend, compared, by, series);
  }

  private static TrendAnswer answer(
      Question question,
      TimeWindow asked,
      Selection selection,
      Trend trend,
      boolean compared,
      @Nullable String by,
      @Nullable Page<SeriesView> series) {
    Double share = question.share();
    return new TrendAnswer(
        question.metric().toString(),
        question.metric().unit(),
        share == null ? null : Double.valueOf(share * 100),
        selection.service(),
        selection.group(),
        selection.label(),
        Durations.written(question.step()),
        Durations.written(asked.length()),
        question.window().from(),
        question.window().to(),
        trend.value(),
        trend.change(),
        Point.of(trend.points()),
        compared ? Point.of(trend.previous()) : null,
        trend.gaps(),
        BandView.of(trend),
        AnomalyView.of(trend.anomalies()),
        by,
        series == null ? null : series.items(),
        series == null ? null : series.nextCursor());
  }

  private Page<SeriesView> series(
      Question question, Selection selection, String by, PageQuery page) {
    Function<ServiceDefinition, String> key = Selection.by(by);
    if (page.limit() > MOST_SERIES && page.limit() != PageQuery.DEFAULT_LIMIT) {
      throw new InvalidFieldException("limit", "must be at most 50 with by", page.limit());
    }
    PageQuery bounded = new PageQuery(Math.min(page.limit(), MOST_SERIES), page.cursor());
    List<Map.Entry<String, SortedSet<String>>> groups =
        List.copyOf(selection.grouped(definitions.all(), key).entrySet());
    return Page.of(groups, Map.Entry::getKey, bounded)
        .map(entry ->
            SeriesView.of(
                entry.getKey(),
                entry.getValue(),
                Asking.database(() -> trends.read(question, entry.getValue(), false))));
  }

  private static boolean isCompared(@Nullable String compare) {
    if (compare != null && !compare.equals("previous")) {
      throw new InvalidFieldException("compare", "must be previous, or absent", compare);
    }
    return compare != null;
  }
}
