package dev.catnap.kit.http;

import dev.catnap.events.InvalidFieldException;
import jakarta.validation.ConstraintViolationException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** Turns whatever a controller, or Spring on its way to one, throws into problem details. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class ProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  @ExceptionHandler
  ResponseEntity<Object> problem(ProblemException e, WebRequest request) {
    return Problems.answer(Problems.of(e, path(request)), Problems.retryAfter(e.retryAfter()));
  }

  @ExceptionHandler
  ResponseEntity<Object> invalidField(InvalidFieldException e, WebRequest request) {
    return invalid(List.of(Violation.of(e)), new HttpHeaders(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> constraints(ConstraintViolationException e, WebRequest request) {
    return invalid(Violations.of(e.getConstraintViolations()), new HttpHeaders(), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> tooLarge(BodyTooLargeException e, WebRequest request) {
    return Problems.answer(tooLargeProblem(e, request), new HttpHeaders());
  }

  /** The sender learns only an id; the log has the rest under it. */
  @ExceptionHandler
  ResponseEntity<Object> unexpected(Exception e, WebRequest request) {
    String id = UUID.randomUUID().toString();
    log.atError()
        .addKeyValue("errorId", id)
        .addKeyValue("path", path(request))
        .setCause(e)
        .log("request failed");
    ProblemDetail problem =
        Problems.ofStatus(
            HttpStatus.INTERNAL_SERVER_ERROR,
            "Something went wrong here; the log tells more under this errorId.",
            path(request));
    problem.setProperty("errorId", id);
    return Problems.answer(problem, new HttpHeaders());
  }

  @Override
  protected ResponseEntity<Object> handleHttpMessageNotReadable(
      HttpMessageNotReadableException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof BodyTooLargeException tooLarge) {
        return tooLarge(tooLarge, request);
      }
    }
    Violation violation = UnreadableBody.explain(e);
    boolean syntax = violation.field().equals("body");
    String slug = syntax ? "unreadable-body" : "invalid-field";
    String title = syntax ? "Unreadable body" : "Invalid field";
    return Problems.answer(
        Problems.of(status, slug, title, violation.sentence(), List.of(violation), path(request)),
        headers);
  }

  @Override
  protected ResponseEntity<Object> handleMethodArgumentNotValid(
      MethodArgumentNotValidException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(Violations.of(e.getBindingResult()), headers, request);
  }

  @Override
  protected ResponseEntity<Object> handleHandlerMethodValidationException(
      HandlerMethodValidationException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(Violations.of(e.getParameterValidationResults()), headers, request);
  }

  @Override
  protected ResponseEntity<Object> handleMissingServletRequestParameter(
      MissingServletRequestParameterException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    return invalid(
        List.of(Violation.of(e.getParameterName(), "must be given", null)), headers, request);
  }

  @Override
  protected ResponseEntity<Object> handleTypeMismatch(
      TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
    String field =
        e instanceof MethodArgumentTypeMismatchException argument
            ? argument.getName()
            : String.valueOf(e.getPropertyName());
    return invalid(List.of(Violations.mismatch(field, e)), headers, request);
  }

  @Override
  protected ResponseEntity<Object> handleHttpRequestMethodNotSupported(
      HttpRequestMethodNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    Set<HttpMethod> known = e.getSupportedHttpMethods();
    String methods =
        known == null
            ? ""
            : known.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    Violation violation = Violation.of("method", "must be one of " + methods, e.getMethod());
    return one(status, violation, headers, request);
  }

  @Override
  protected ResponseEntity<Object> handleHttpMediaTypeNotSupported(
      HttpMediaTypeNotSupportedException e,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    String types =
        e.getSupportedMediaTypes().stream()
            .map(Object::toString)
            .distinct()
            .collect(Collectors.joining(", "));
    Violation violation =
        Violation.of("Content-Type", "must be one of " + types, e.getContentType());
    return one(status, violation, headers, request);
  }

  /** All the rest of Spring's own exceptions: the status and Spring's one sentence say enough. */
  @Override
  protected ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest request) {
    if (status.is5xxServerError() && status.value() != HttpStatus.SERVICE_UNAVAILABLE.value()) {
      return unexpected(e, request);
    }
    String detail =
        status.value() == HttpStatus.NOT_FOUND.value()
            ? "There is nothing at " + path(request) + "."
            : detail(body, status);
    return Problems.answer(Problems.ofStatus(status, detail, path(request)), headers);
  }

  private static String detail(@Nullable Object body, HttpStatusCode status) {
    String said = body instanceof ProblemDetail problem ? problem.getDetail() : null;
    return said == null ? "The request was answered with status " + status.value() + "." : said;
  }

  private static ResponseEntity<Object> one(
      HttpStatusCode status, Violation violation, HttpHeaders headers, WebRequest request) {
    ProblemDetail problem = Problems.ofStatus(status, violation.sentence(), path(request));
    problem.setProperty("field", violation.field());
    problem.setProperty("rule", violation.rule());
    problem.setProperty("value", violation.value());
    return Problems.answer(problem, headers);
  }

  private static ResponseEntity<Object> invalid(
      List<Violation> violations, HttpHeaders headers, WebRequest request) {
    String detail = violations.stream().map(Violation::sentence).collect(Collectors.joining("; "));
    ProblemDetail problem =
        Problems.of(
            HttpStatus.BAD_REQUEST,
            "invalid-field",
            "Invalid field",
            detail,
            violations,
            path(request));
    return Problems.answer(problem, headers);
  }

  private static ProblemDetail tooLargeProblem(BodyTooLargeException e, WebRequest request) {
    Violation violation = Violation.of("body", "must be at most " + e.mostBytes() + " bytes", null);
    return Problems.of(
        HttpStatus.CONTENT_TOO_LARGE,
        "payload-too-large",
        "Payload too large",
        violation.sentence(),
        List.of(violation),
        path(request));
  }

  private static String path(WebRequest request) {
    return request instanceof ServletWebRequest servlet
        ? servlet.getRequest().getRequestURI()
        : "/";
  }
}
