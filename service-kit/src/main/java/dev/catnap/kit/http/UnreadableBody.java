package dev.catnap.kit.http;

import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with a JSON body in the sender's words, without naming our classes. */
final class UnreadableBody {
  private static final String BODY = "body";

  private UnreadableBody() {}

  static Violation explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidFieldException invalid) {
        return Violation.of(invalid);
      }
      if (cause instanceof UnrecognizedPropertyException unknown) {
        return Violation.of(path(unknown), "must be a known field", unknown.getPropertyName());
      }
      if (cause instanceof InvalidFormatException format) {
        return Violation.of(path(format), rule(format.getTargetType()), format.getValue());
      }
      if (cause instanceof MismatchedInputException mismatch) {
        return Violation.of(path(mismatch), rule(mismatch.getTargetType()), null);
      }
      if (cause instanceof DatabindException other) {
        return deeper(other);
      }
      if (cause instanceof JacksonException syntax) {
        return Violation.of(BODY, "must be JSON, but is not" + at(syntax.getLocation()), null);
      }
    }
    return Violation.of(BODY, "must be given, as JSON", null);
  }

  private static Violation deeper(DatabindException failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? Violation.of(path(failure), "must be as described", null)
        : explain(cause);
  }

  private static String at(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String path(JacksonException e) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : e.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.isEmpty() ? BODY : path.toString();
  }

  /** What a value must be to fit the type. */
  static String rule(@Nullable Class<?> type) {
    if (type == null) {
      return "must be as described";
    }
    if (type.isEnum()) {
      return "must be one of "
          + Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
    }
    if (Duration.class == type) {
      return "must be a duration, such as 5m or PT5M";
    }
    if (Temporal.class.isAssignableFrom(type)) {
      return "must be a time in ISO 8601, such as 2026-01-31T08:00:00Z";
    }
    return "must be " + kind(type);
  }

  private static String kind(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
      return "a whole number within "
          + (type.getSimpleName().startsWith("i") || type == Integer.class ? "32" : "64")
          + " bits";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (CharSequence.class.isAssignableFrom(type)) {
      return "a text";
    }
    boolean list = type.isArray() || Collection.class.isAssignableFrom(type);
    return list
        ? "an array"
        : Map.class.isAssignableFrom(type) || !type.getName().startsWith("java.")
            ? "an object"
            : "as described";
  }
}
