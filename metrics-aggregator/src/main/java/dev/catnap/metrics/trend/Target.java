package dev.catnap.metrics.trend;

import dev.catnap.events.InvalidFieldException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
 * @param band whether its bounds are wanted too
 */
public record Target(
    TrendMetric metric,
    @Nullable String service,
    @Nullable String group,
    @Nullable String label,
    @Nullable Double percentile,
    boolean band) {
  private static final Pattern WHOLE = Pattern.compile("\\s*([a-z0-9_]+)\\s*(?:\\{(.*)})?\\s*");
  private static final Pattern ONE =
      Pattern.compile("\\s*([a-z]+)\\s*=\\s*\"([^\"]*)\"\\s*(?:,|$)");
  private static final String RULE =
      "must be a metric, or metric{service=\"...\", group=\"...\", label=\"key=value\","
          + " percentile=\"95\", band=\"true\"}";

  /**
   * @param field to name where it is wrong
   */
  public static Target read(String field, @Nullable String text) {
    Matcher whole = WHOLE.matcher(text == null ? "" : text);
    if (!whole.matches()) {
      throw new InvalidFieldException(field, RULE, text);
    }
    Map<String, String> conditions = conditions(field, text, whole.group(2));
    Target target =
        new Target(
            TrendMetric.named(whole.group(1)),
            conditions.remove("service"),
            conditions.remove("group"),
            conditions.remove("label"),
            percentile(field, conditions.remove("percentile")),
            "true".equals(conditions.remove("band")));
    if (!conditions.isEmpty()) {
      throw new InvalidFieldException(field, RULE, text);
    }
    return target;
  }

  private static Map<String, String> conditions(
      String field, @Nullable String text, @Nullable String inner) {
    Map<String, String> conditions = new HashMap<>();
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

  private static @Nullable Double percentile(String field, @Nullable String text) {
    try {
      return text == null ? null : Double.valueOf(text);
    } catch (NumberFormatException e) {
      throw new InvalidFieldException(field, "percentile must be a number", text);
    }
  }
}
