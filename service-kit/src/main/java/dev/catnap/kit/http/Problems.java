package dev.catnap.kit.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Problem details as they leave us; always {@code application/problem+json}. */
final class Problems {
  static final String TYPE_PREFIX = "urn:catnap:problem:";

  private Problems() {}

  static ProblemDetail of(ProblemException e, String path) {
    return of(e.status(), e.slug(), e.title(), e.detail(), e.violations(), path);
  }

  /** One violation stands at the top; several stand in {@code errors} as well, the first on top. */
  static ProblemDetail of(
      HttpStatusCode status,
      String slug,
      String title,
      String detail,
      List<Violation> violations,
      String path) {
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(TYPE_PREFIX + slug));
    problem.setTitle(title);
    problem.setInstance(instance(path));
    if (!violations.isEmpty()) {
      Violation first = violations.getFirst();
      problem.setProperty("field", first.field());
      problem.setProperty("rule", first.rule());
      if (first.value() != null) {
        problem.setProperty("value", first.value());
      }
    }
    if (violations.size() > 1) {
      problem.setProperty("errors", violations);
    }
    return problem;
  }

  /** For what has no kind of its own: the status says it. */
  static ProblemDetail ofStatus(HttpStatusCode status, String detail, String path) {
    HttpStatus known = HttpStatus.resolve(status.value());
    String title = known == null ? "Error " + status.value() : known.getReasonPhrase();
    String slug = title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return of(status, slug, title, detail, List.of(), path);
  }

  static ResponseEntity<Object> answer(ProblemDetail problem, HttpHeaders headers) {
    HttpHeaders all = new HttpHeaders();
    all.putAll(headers);
    all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return ResponseEntity.status(problem.getStatus()).headers(all).body(problem);
  }

  static HttpHeaders retryAfter(@Nullable Duration after) {
    HttpHeaders headers = new HttpHeaders();
    if (after != null) {
      long seconds = after.plusMillis(999).toSeconds();
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, seconds)));
    }
    return headers;
  }

  private static URI instance(String path) {
    try {
      return new URI(path);
    } catch (URISyntaxException e) {
      return URI.create("/");
    }
  }
}
