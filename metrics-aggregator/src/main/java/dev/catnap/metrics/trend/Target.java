package dev.catnap.metrics.trend;

import dev.catnap.events.InvalidFieldException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A figure and whose it is, as a dashboard writes it in one line:
 *
 * <pre>
 * cpu_cores
 * requests{service="shop"}
 * memory_bytes{group="web", percentile="95", band="true"}
 * wakes{label="team=web"}
 * </pre>
 *
 * @param conditions by name
 */
public record Target(TrendMetric metric, Map<String, String> conditions) {
  /** The names of all conditions there are. */
  public static final List<String> CONDITIONS =
      List.of("service", "group", "label", "percentile", "band");

  private static final Pattern WHOLE = Pattern.compile("\\s*([a-z0-9_]+)\\s*(?:\\{(.*)})?\\s*");
  private static final Pattern ONE =
      Pattern.compile("\\s*([a-z]+)\\s*=\\s*\"([^\"]*)\"\\s*(?:,|$)");
  private static final String RULE =
      "must be a metric, or metric{service=\"...\", group=\"...\", label=\"key=value\","
          + " percentile=\"95\", band=\"true\"}";

  public Target {
    conditions = Map.copyOf(conditions);
  }

  /**
   * @param field to name where it is wrong
   */
  public static Target read(String field, @Nullable String text) {
    Matcher whole = WHOLE.matcher(text == null ? "" : text);
    if (!whole.matches()) {
      throw new InvalidFieldException(field, RULE, text);
    }
    Map<String, String> conditions = conditions(field, text, whole.group(2));
    if (!CONDITIONS.containsAll(conditions.keySet())) {
      throw new InvalidFieldException(field, RULE, text);
    }
    checkPercentile(field, conditions);
    return new Target(TrendMetric.named(whole.group(1)), conditions);
  }

  /**
   * With more conditions; one that is null or empty says nothing.
   *
   * @param field to name where one is wrong
   */
  public Target with(String field, Map<String, ?> more) {
    Map<String, String> all = new TreeMap<>(conditions);
    more.forEach((name, value) -> {
      if (!CONDITIONS.contains(name)) {
        throw new InvalidFieldException(field, "must have no more than " + CONDITIONS, name);
      }
      if (value != null && !value.toString().isEmpty()) {
        all.put(name, value.toString());
      }
    });
    checkPercentile(field, all);
    return new Target(metric, all);
  }

  public @Nullable String service() {
    return conditions.get("service");
  }

  public @Nullable String group() {
    return conditions.get("group");
  }

  public @Nullable String label() {
    return conditions.get("label");
  }

  /** Between 0 and 100. */
  public @Nullable Double percentile() {
    String text = conditions.get("percentile");
    return text == null ? null : Double.valueOf(text);
  }

  /** Whether its bounds are wanted too. */
  public boolean band() {
    return "true".equals(conditions.get("band"));
  }

  /** As a dashboard writes it. */
  @Override
  public String toString() {
    return CONDITIONS.stream()
        .filter(conditions::containsKey)
        .map(name -> name + "=\"" + conditions.get(name) + "\"")
        .collect(
            Collectors.collectingAndThen(
                Collectors.joining(", "),
                inner -> inner.isEmpty() ? metric.toString() : metric + "{" + inner + "}"));
  }

  private static Map<String, String> conditions(
      String field, @Nullable String text, @Nullable String inner) {
    Map<String, String> conditions = new TreeMap<>();
    String rest = inner == null ? "" : inner;
    while (!rest.isBlank()) {
      Matcher one = ONE.matcher(rest);
      if (!one.lookingAt()) {
        throw new InvalidFieldException(field, RULE, text);
      }
      conditions.put(one.group(1), one.group(2));
      rest = rest.substring(one.end());
    }
    return conditions;
  }

  private static void checkPercentile(String field, Map<String, String> conditions) {
    String text = conditions.get("percentile");
    try {
      if (text != null) {
        Double.parseDouble(text);
      }
    } catch (NumberFormatException e) {
      throw new InvalidFieldException(field, "percentile must be a number", text);
    }
  }
}
