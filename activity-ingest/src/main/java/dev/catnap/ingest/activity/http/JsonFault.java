package dev.catnap.ingest.activity.http;

import dev.catnap.events.ActivityKind;
import dev.catnap.ingest.activity.Rejection;
import java.time.Instant;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what is wrong with JSON in the words of the contract, not of the parser. */
final class JsonFault {
  private JsonFault() {}

  /**
   * @param text what was to be read
   */
  static Rejection explain(JacksonException e, String text) {
    String field =
        e instanceof MismatchedInputException mismatched
            ? mismatched.getPath().stream()
                .map(step -> String.valueOf(step.getPropertyName()))
                .collect(Collectors.joining("."))
            : "";
    if (field.isEmpty()) {
      return notAnObject(text);
    }
    Object value = e instanceof InvalidFormatException format ? format.getValue() : text;
    return Rejection.of(field, rule(((MismatchedInputException) e).getTargetType()), value);
  }

  static Rejection notAnObject(String text) {
    return Rejection.of(Rejection.WHOLE, "must be one JSON object", text);
  }

  private static String rule(@Nullable Class<?> type) {
    if (type == Instant.class) {
      return "must be a time as ISO 8601 writes it, such as 2026-01-31T12:00:00Z";
    }
    if (type == ActivityKind.class) {
      return "must be request, connection, job or heartbeat";
    }
    if (type == Integer.class || type == int.class) {
      return "must be a whole number";
    }
    return "must be a text";
  }
}
