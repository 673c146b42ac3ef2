package dev.catnap.metrics.trend.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.trend.Target;
import dev.catnap.metrics.trend.TrendMetric;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** What Grafana's query editor and its variables offer to choose from. */
@RestController
@Tag(name = "grafana")
public final class GrafanaEditorEndpoint {
  private static final String SERVICES = "service";
  private static final String GROUPS = "group";

  private final Definitions definitions;

  public GrafanaEditorEndpoint(Definitions definitions) {
    this.definitions = definitions;
  }

  /**
   * A field of the editor; what is chosen comes back in the target's payload.
   *
   * @param type select: {@code /metric-payload-options} tells what there is
   */
  public record Field(String name, String label, String type) {}

  /** A choice in the editor. */
  public record Choice(String value, String label, @Nullable List<Field> payloads) {
    static Choice of(String value) {
      return new Choice(value, value, null);
    }
  }

  /** Which field's choices are wanted. */
  public record Options(@Nullable String name) {}

  /** What somebody wrote as the query of a variable: service or group. */
  public record Named(@Nullable String target) {}

  public record Variable(@Nullable Named payload) {}

  /** A value of a variable, as the data source names its parts. */
  public record Value(@JsonProperty("__text") String text, @JsonProperty("__value") String value) {}

  @PostMapping("/metrics/grafana/search")
  @Operation(summary = "The metrics, for simple-json")
  public List<String> search() {
    return Arrays.stream(TrendMetric.values()).map(TrendMetric::toString).toList();
  }

  @PostMapping("/metrics/grafana/metrics")
  @Operation(summary = "The metrics, with their units and what they can be narrowed by")
  public List<Choice> metrics() {
    return Arrays.stream(TrendMetric.values())
        .map(metric ->
            new Choice(metric.toString(), metric + " (" + metric.unit() + ")", fields(metric)))
        .toList();
  }

  private static List<Field> fields(TrendMetric metric) {
    return Target.CONDITIONS.stream()
        .filter(name -> metric.hasPercentiles() || !name.equals("percentile"))
        .map(name -> new Field(name, name, isListed(name) ? "select" : "input"))
        .toList();
  }

  private static boolean isListed(String name) {
    return name.equals(SERVICES) || name.equals(GROUPS);
  }

  @PostMapping("/metrics/grafana/metric-payload-options")
  @Operation(summary = "What a field of the editor can be set to: services, groups")
  public List<Choice> options(@RequestBody Options options) {
    return names("name", options.name()).map(Choice::of).toList();
  }

  @PostMapping("/metrics/grafana/variable")
  @Operation(summary = "The values of a dashboard's variable: {\"target\": \"service\"} or group")
  public List<Value> variable(@RequestBody Variable variable) {
    Named payload = variable.payload();
    return names("payload.target", payload == null ? null : payload.target())
        .map(name -> new Value(name, name))
        .toList();
  }

  private Stream<String> names(String field, @Nullable String wanted) {
    if (wanted == null || !isListed(wanted)) {
      throw new InvalidFieldException(field, "must be service or group", wanted);
    }
    return definitions.all().values().stream()
        .map(one -> wanted.equals(SERVICES) ? one.name() : one.group())
        .filter(Objects::nonNull)
        .distinct()
        .sorted();
  }
}
