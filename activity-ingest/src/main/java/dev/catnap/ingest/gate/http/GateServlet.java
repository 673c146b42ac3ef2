package dev.catnap.ingest.gate.http;

import dev.catnap.events.RunState;
import dev.catnap.events.json.Json;
import dev.catnap.ingest.gate.Caller;
import dev.catnap.ingest.gate.Refusal;
import dev.catnap.ingest.gate.Verdict;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ANY /gate/{service}} and {@code ANY /gate}, where the {@link GateHost} tells the service:
 * answers 200 without a body once the service can take the request.
 *
 * <p>A request that is marked as not waking ({@link Caller}) is answered 200 while the service is
 * awake and does not count; otherwise 503 of the type {@code not-waking}, with the state in {@code
 * Catnap-State}, so that a monitor can tell a sleeper, which is healthy, from one that {@code
 * FAILED}.
 *
 * <p>A servlet of its own and no controller, because every request of every gateway comes through
 * here: it looks into one map and answers. Any method, any path behind the service's name and any
 * query is fine; bodies are not read. {@code mode=page} is answered as {@code wait}.
 */
public final class GateServlet extends HttpServlet {
  static final String STATE = "Catnap-State";
  static final String WAITED = "Catnap-Waited-Millis";

  private final transient GateKeeper keeper;
  private final transient GateMetrics metrics;
  private final transient Duration defaultTimeout;
  private final transient Duration maxTimeout;

  public GateServlet(
      GateKeeper keeper, GateMetrics metrics, Duration defaultTimeout, Duration maxTimeout) {
    this.keeper = keeper;
    this.metrics = metrics;
    this.defaultTimeout = defaultTimeout;
    this.maxTimeout = maxTimeout;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    long started = System.nanoTime();
    Instant arrivedAt = keeper.now();
    String named = GateHost.serviceIn(request.getPathInfo());
    String service = named.isEmpty() ? serviceOfHost(request, response) : named;
    if (service == null) {
      return;
    }
    Verdict verdict = keeper.arrive(service, new HttpCaller(request), arrivedAt);
    switch (verdict) {
      case Verdict.Pass(RunState state) -> {
        response.setHeader(STATE, state.name());
        metrics.passed(System.nanoTime() - started);
      }
      case Verdict.Refuse refuse -> refuse(request, response, refuse);
      case Verdict.Hold hold -> hold(request, response, service, arrivedAt, started);
    }
  }

  private void hold(
      HttpServletRequest request,
      HttpServletResponse response,
      String service,
      Instant arrivedAt,
      long started)
      throws IOException {
    Duration atMost = GateQuery.timeout(request.getQueryString(), defaultTimeout, maxTimeout);
    Verdict verdict = keeper.hold(service, arrivedAt, atMost);
    Duration waited = Duration.ofNanos(System.nanoTime() - started);
    response.setHeader(WAITED, Long.toString(waited.toMillis()));
    metrics.held(waited);
    switch (verdict) {
      case Verdict.Refuse refuse -> refuse(request, response, refuse);
      case Verdict.Pass(RunState state) -> {
        response.setHeader(STATE, state.name());
        metrics.released();
      }
      case Verdict.Hold still -> throw new IllegalStateException("held twice: " + still);
    }
  }

  /** Null: nobody has that host, and this was the answer. */
  private @Nullable String serviceOfHost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String host = GateHost.of(request);
    String service = keeper.serviceOf(host);
    if (service == null) {
      refuse(request, response, keeper.noSuchHost(host));
    }
    return service;
  }

  private void refuse(
      HttpServletRequest request, HttpServletResponse response, Verdict.Refuse refuse)
      throws IOException {
    Refusal reason = refuse.reason();
    metrics.refused(reason);
    boolean unknown = reason.isUnknown();
    response.setStatus(unknown ? 404 : 503);
    response.setContentType("application/problem+json");
    if (reason.retryAfterSeconds() > 0) {
      response.setHeader("Retry-After", Integer.toString(reason.retryAfterSeconds()));
    }
    if (!unknown) {
      response.setHeader(STATE, refuse.state().name());
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
