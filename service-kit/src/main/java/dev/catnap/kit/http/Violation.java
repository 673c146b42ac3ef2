package dev.catnap.kit.http;

import dev.catnap.events.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with a request.
 *
 * @param field as the sender wrote it: a parameter, a path within the body, or {@code body}
 * @param rule what must hold, such as {@code must be at most 1000}
 * @param value what was sent, cut to 200 characters; null when it was absent
 */
public record Violation(String field, String rule, @Nullable String value) {
  private static final int LONGEST_VALUE = 200;

  public Violation {
    value =
        value == null || value.length() <= LONGEST_VALUE
            ? value
            : value.substring(0, LONGEST_VALUE);
  }

  static Violation of(String field, String rule, @Nullable Object value) {
    return new Violation(field, rule, value == null ? null : value.toString());
  }

  static Violation of(InvalidFieldException e) {
    return new Violation(e.field(), e.rule(), e.value());
  }

  String sentence() {
    return field + " " + rule + (value == null ? "" : ", but it is '" + value + "'");
  }
}
