package dev.catnap.cost.focus;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of the export.
 *
 * @param nullable whether a row may have none
 * @param scale decimals of a {@link Type#DECIMAL}, else 0
 * @param value what a row has: String, BigDecimal or Instant; null rather than an empty string
 */
public record FocusColumn(
    String name,
    Type type,
    boolean nullable,
    int scale,
    Function<FocusRow, @Nullable Object> value) {
  /** Kinds of values. */
  public enum Type {
    TEXT,
    /** Text that is a JSON object. */
    JSON,
    DECIMAL,
    TIME
  }

  static FocusColumn text(String name, Function<FocusRow, String> value) {
    return new FocusColumn(name, Type.TEXT, false, 0, value::apply);
  }

  static FocusColumn maybe(String name, Function<FocusRow, @Nullable String> value) {
    return new FocusColumn(
        name,
        Type.TEXT,
        true,
        0,
        row -> {
          String text = value.apply(row);
          return text == null || text.isEmpty() ? null : text;
        });
  }
}
