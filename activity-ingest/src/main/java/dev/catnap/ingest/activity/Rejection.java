package dev.catnap.ingest.activity;

import dev.catnap.events.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Why a report was not accepted.
 *
 * @param field the field at fault; {@code value} when the report as a whole is
 * @param rule what must hold, such as {@code must be at least 1}
 * @param value what was sent, at most 200 characters of it; null when it was absent
 */
public record Rejection(String field, String rule, @Nullable String value) {
  /** The field of a report that is no report at all. */
  public static final String WHOLE = "value";

  static Rejection of(InvalidFieldException e) {
    return new Rejection(e.field(), e.rule(), e.value());
  }

  /** Cuts the value to a length that is fit to be shown. */
  public static Rejection of(String field, String rule, @Nullable Object value) {
    return of(new InvalidFieldException(field, rule, value));
  }

  /** The whole of it in one sentence. */
  public String reason() {
    return field
        + " "
        + rule
        + (value == null ? ", but it is absent" : ", but it is '" + value + "'");
  }
}
