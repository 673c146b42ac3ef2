package dev.catnap.allinone.up;

import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.bind.validation.ValidationErrors;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/** Why the services do not start, in one line: of a setting its name, the rule and the value. */
final class StartFailure {
  private StartFailure() {}

  static String explain(Throwable failure) {
    BindException wrongSetting = find(failure, BindException.class);
    BindValidationException invalid = find(failure, BindValidationException.class);
    if (invalid != null) {
      ValidationErrors errors = invalid.getValidationErrors();
      return errors.getAllErrors().stream()
          .map(error -> explain(errors, error))
          .collect(Collectors.joining("; "));
    }
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    if (wrongSetting != null) {
      ConfigurationProperty property = wrongSetting.getProperty();
      String value = property == null ? "" : " (it is '" + property.getValue() + "')";
      return wrongSetting.getName() + " cannot be read: " + innermost.getMessage() + value;
    }
    return innermost.getClass().getSimpleName() + ": " + innermost.getMessage();
  }

  private static String explain(ValidationErrors errors, ObjectError error) {
    if (!(error instanceof FieldError field)) {
      return errors.getName() + " " + error.getDefaultMessage();
    }
    return "%s.%s %s, but it is '%s'"
        .formatted(
            errors.getName(),
            field.getField(),
            field.getDefaultMessage(),
            field.getRejectedValue());
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
