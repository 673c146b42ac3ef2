package dev.catnap.kit.http;

import dev.catnap.events.InvalidFieldException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/** Reads what is wrong out of the exceptions of Spring and of Bean Validation. */
final class Violations {
  private Violations() {}

  static List<Violation> of(BindingResult result) {
    return result.getAllErrors().stream().map(Violations::of).toList();
  }

  private static Violation of(ObjectError error) {
    if (!(error instanceof FieldError field)) {
      return Violation.of("body", rule(error), null);
    }
    String rule =
        field.isBindingFailure() && field.contains(TypeMismatchException.class)
            ? mismatch(field.getField(), field.unwrap(TypeMismatchException.class)).rule()
            : rule(field);
    return Violation.of(field.getField(), rule, field.getRejectedValue());
  }

  static List<Violation> of(Collection<ParameterValidationResult> results) {
    List<Violation> violations = new ArrayList<>();
    for (ParameterValidationResult result : results) {
      if (result instanceof ParameterErrors errors) {
        errors.getAllErrors().forEach(error -> violations.add(of(error)));
        continue;
      }
      for (MessageSourceResolvable error : result.getResolvableErrors()) {
        violations.add(Violation.of(name(result), rule(error), result.getArgument()));
      }
    }
    return violations;
  }

  static List<Violation> of(Set<? extends ConstraintViolation<?>> found) {
    return found.stream()
        .map(one ->
            Violation.of(leaf(one.getPropertyPath()), one.getMessage(), one.getInvalidValue()))
        .toList();
  }

  /** A text that is no value of its type; a converter of ours says the rule itself. */
  static Violation mismatch(String field, TypeMismatchException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof InvalidFieldException invalid) {
        return new Violation(field, invalid.rule(), invalid.value());
      }
    }
    return Violation.of(field, UnreadableBody.rule(failure.getRequiredType()), failure.getValue());
  }

  private static String rule(MessageSourceResolvable error) {
    String message = error.getDefaultMessage();
    return message == null ? "must be as described" : message;
  }

  private static String name(ParameterValidationResult result) {
    RequestParam param = result.getMethodParameter().getParameterAnnotation(RequestParam.class);
    RequestHeader header = result.getMethodParameter().getParameterAnnotation(RequestHeader.class);
    String given = param != null ? param.name() : header != null ? header.name() : "";
    @Nullable String declared = result.getMethodParameter().getParameterName();
    return !given.isEmpty() ? given : declared == null ? "parameter" : declared;
  }

  /** {@code PUT.definition.port} is {@code port} to the sender. */
  private static String leaf(Path path) {
    String last = "";
    for (Path.Node node : path) {
      last = node.getName() == null ? last : node.getName();
    }
    return last;
  }
}
