package dev.catnap.ingest.gate.http;

import dev.catnap.events.json.Json;
import dev.catnap.ingest.gate.Refusal;
import dev.catnap.ingest.gate.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A refusal as problem details. */
final class GateProblem {
  private GateProblem() {}

  static void write(HttpServletRequest request, HttpServletResponse response, Verdict.Refuse refuse)
      throws IOException {
    Refusal reason = refuse.reason();
    boolean unknown = reason.isUnknown();
    response.setStatus(unknown ? 404 : 503);
    response.setContentType("application/problem+json");
    if (reason.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Integer.toString(reason.retryAfterSeconds()));
    }
    if (!unknown) {
      response.setHeader(GateServlet.STATE, refuse.state().name());
    }
    byte[] body = Json.MAPPER.writeValueAsBytes(problem(request, refuse, response.getStatus()));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private static Map<String, Object> problem(
      HttpServletRequest request, Verdict.Refuse refuse, int status) {
    String slug = refuse.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    Map<String, Object> problem = new LinkedHashMap<>();
    problem.put("type", "urn:catnap:problem:" + slug);
    problem.put("title", status == 404 ? "Not found" : "Service not ready");
    problem.put("status", status);
    problem.put("detail", refuse.text());
    problem.put("instance", request.getRequestURI());
    if (status != 404) {
      problem.put("state", refuse.state());
    }
    return problem;
  }
}
