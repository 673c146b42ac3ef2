package dev.catnap.policy.catalog;

import dev.catnap.events.InvalidFieldException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Variables in texts, as Compose has them: {@code $VAR}, {@code ${VAR}}, {@code ${VAR:-default}}
 * (or where it is empty), {@code ${VAR-default}}, {@code ${VAR:?message}}, {@code ${VAR?message}},
 * and {@code $$} for a dollar sign. One that is not set and has no default is empty.
 */
public final class Interpolation {
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:(\\$)|([A-Za-z_][A-Za-z0-9_]*)"
              + "|\\{([A-Za-z_][A-Za-z0-9_]*)(?:(:?[-?])([^}]*))?\\}|)");

  private final UnaryOperator<@Nullable String> variables;

  /**
   * @param variables answers null for one that is not set
   */
  public Interpolation(UnaryOperator<@Nullable String> variables) {
    this.variables = variables;
  }

  /**
   * All texts within a value, keys of maps as well.
   *
   * @param path names the value in failures
   */
  public @Nullable Object in(String path, @Nullable Object value) {
    return switch (value) {
      case String text -> text(path, text);
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.forEach((key, item) -> {
          String name = String.valueOf(key);
          copy.put(text(path, name), in(path.isEmpty() ? name : path + "." + name, item));
        });
        yield copy;
      }
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        for (Object item : list) {
          copy.add(in(path + "[" + copy.size() + "]", item));
        }
        yield copy;
      }
      case null -> null;
      default -> value;
    };
  }

  private String text(String path, String text) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    Matcher matcher = VARIABLE.matcher(text);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value(path, text, matcher)));
    }
    return matcher.appendTail(filled).toString();
  }

  private String value(String path, String text, Matcher matcher) {
    if (matcher.group(1) != null) {
      return "$";
    }
    String name = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
    if (name == null) {
      throw new InvalidFieldException(
          path, "must have variables like ${NAME} or ${NAME:-default}, and $$ for a dollar", text);
    }
    String operator = matcher.group(4) == null ? "" : matcher.group(4);
    String argument = matcher.group(5) == null ? "" : matcher.group(5);
    String value = variables.apply(name);
    boolean absent = value == null || (operator.startsWith(":") && value.isEmpty());
    if (!absent && value != null) {
      return value;
    }
    if (operator.endsWith("?")) {
      throw new InvalidFieldException(
          path, "needs the variable " + name + (argument.isEmpty() ? "" : ": " + argument), null);
    }
    return argument;
  }
}
