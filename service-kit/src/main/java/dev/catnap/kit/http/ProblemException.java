package dev.catnap.kit.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** An answer other than success, said as RFC 9457 problem details. */
public final class ProblemException extends RuntimeException {
  private final HttpStatus status;
  private final String slug;
  private final String title;
  private final transient List<Violation> violations;
  private final @Nullable Duration retryAfter;

  private ProblemException(
      HttpStatus status,
      String slug,
      String title,
      String detail,
      List<Violation> violations,
      @Nullable Duration retryAfter) {
    super(detail);
    this.status = status;
    this.slug = slug;
    this.title = title;
    this.violations = List.copyOf(violations);
    this.retryAfter = retryAfter;
  }

  /**
   * @param slug kind of problem: {@code type} becomes {@code urn:catnap:problem:<slug>}
   * @param title the kind in words, the same for every occurrence
   * @param detail what happened here
   */
  public static ProblemException of(HttpStatus status, String slug, String title, String detail) {
    return new ProblemException(status, slug, title, detail, List.of(), null);
  }

  /** 400: one field of the request breaks a rule. */
  public static ProblemException invalid(String field, String rule, @Nullable Object value) {
    Violation violation = Violation.of(field, rule, value);
    return of(HttpStatus.BAD_REQUEST, "invalid-field", "Invalid field", violation.sentence())
        .with(violation);
  }

  /** 404: nothing goes by that name. */
  public static ProblemException notFound(String what, String name) {
    Violation violation = Violation.of(what, "must exist", name);
    return of(
            HttpStatus.NOT_FOUND,
            "not-found",
            "Not found",
            "There is no " + what + " '" + name + "'.")
        .with(violation);
  }

  /** 409: it cannot be done in the state things are in. */
  public static ProblemException conflict(String slug, String title, String detail) {
    return of(HttpStatus.CONFLICT, slug, title, detail);
  }

  /** 503: something we need is away. */
  public static ProblemException unavailable(String detail, Duration retryAfter) {
    return of(HttpStatus.SERVICE_UNAVAILABLE, "unavailable", "Unavailable", detail)
        .retryAfter(retryAfter);
  }

  /** The same, with one more field named. */
  public ProblemException with(Violation violation) {
    List<Violation> more = new java.util.ArrayList<>(violations);
    more.add(violation);
    return new ProblemException(status, slug, title, detail(), more, retryAfter);
  }

  /** The same, with a Retry-After header; rounded up to whole seconds. */
  public ProblemException retryAfter(Duration after) {
    return new ProblemException(status, slug, title, detail(), violations, after);
  }

  public HttpStatus status() {
    return status;
  }

  public String slug() {
    return slug;
  }

  public String title() {
    return title;
  }

  public String detail() {
    return String.valueOf(getMessage());
  }

  public List<Violation> violations() {
    return violations;
  }

  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
