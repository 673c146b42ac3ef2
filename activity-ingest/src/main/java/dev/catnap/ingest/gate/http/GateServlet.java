package dev.catnap.ingest.gate.http;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.Caller;
import dev.catnap.ingest.gate.Verdict;
import dev.catnap.ingest.gate.tracing.HoldTrace;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * {@code ANY /gate/{service}} and {@code ANY /gate}, where the {@link GateHost} tells the service:
 * answers 200 without a body once the service can take the request.
 *
 * <p>A request that is marked as not waking is answered 200 while the service is awake and does not
 * count; otherwise 503 of the type {@code not-waking}, with the state in {@code Catnap-State}, so
 * that a monitor can tell a sleeper, which is healthy, from one that {@code FAILED}.
 *
 * <p>With {@code mode=page} a {@link Browser} is held for a moment only and then shown a {@link
 * WaitingPage}, which asks again by itself; everybody else is held as without it.
 *
 * <p>{@code mode=reason} is for gateways that lose the body of a refusal, as nginx does: asked once
 * more with it, the gate says again why, as page or problem, and neither counts nor holds nor lets
 * through.
 *
 * <p>A servlet of its own and no controller, because every request of every gateway comes through
 * here: it looks into one map and answers. Any method, any path behind the service's name and any
 * query is fine; bodies are not read.
 */
public final class GateServlet extends HttpServlet {
  static final String STATE = "Catnap-State";
  static final String WAITED = "Catnap-Waited-Millis";

  private final transient GateKeeper keeper;
  private final transient GateMetrics metrics;
  private final transient GateTimes times;

  public GateServlet(GateKeeper keeper, GateMetrics metrics, GateTimes times) {
    this.keeper = keeper;
    this.metrics = metrics;
    this.times = times;
  }

  /** A request on its way through here. */
  private record Visit(
      HttpServletRequest request,
      HttpServletResponse response,
      String service,
      Caller caller,
      Instant arrivedAt,
      long started) {
    boolean wantsPage() {
      return GateQuery.asksForPage(request.getQueryString())
          && Browser.shows(caller, request.getMethod());
    }

    Duration waited() {
      return Duration.ofNanos(System.nanoTime() - started);
    }
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
    Caller caller = new HttpCaller(request);
    Visit visit = new Visit(request, response, service, caller, arrivedAt, started);
    if (GateQuery.asksForReason(request.getQueryString())) {
      answer(visit, keeper.explain(service, caller), visit.wantsPage());
      return;
    }
    GateKeeper.Reception reception = keeper.arrive(service, caller, arrivedAt);
    switch (reception.verdict()) {
      case Verdict.Pass(RunState state) -> {
        response.setHeader(STATE, state.name());
        metrics.passed(System.nanoTime() - started);
      }
      case Verdict.Refuse refuse -> refuse(visit, refuse, visit.wantsPage());
      case Verdict.Hold hold -> hold(visit, reception.trace());
    }
  }

  /** Null: nobody has that host, and this was the answer. */
  private @Nullable String serviceOfHost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String host = GateHost.of(request);
    String service = keeper.serviceOf(host);
    if (service == null) {
      Verdict.Refuse refuse = keeper.noSuchHost(host);
      metrics.refused(refuse.reason());
      GateProblem.write(request, response, refuse);
    }
    return service;
  }

  private void hold(Visit visit, @Nullable HoldTrace trace) throws IOException {
    boolean page = visit.wantsPage();
    String query = visit.request().getQueryString();
    Duration asked = GateQuery.timeout(query, times.usual(), times.most());
    boolean soon = page && times.beforePage().compareTo(asked) < 0;
    Duration atMost = soon ? times.beforePage() : asked;
    Verdict verdict = keeper.hold(visit.service(), visit.arrivedAt(), atMost);
    Duration waited = visit.waited();
    visit.response().setHeader(WAITED, Long.toString(waited.toMillis()));
    metrics.held(waited);
    switch (verdict) {
      case Verdict.Refuse refuse -> refuse(visit, refuse, page);
      case Verdict.Pass(RunState state) -> {
        visit.response().setHeader(STATE, state.name());
        metrics.released();
      }
      case Verdict.Hold still -> throw new IllegalStateException("held twice: " + still);
    }
    keeper.answered(visit.service(), visit.arrivedAt(), verdict, trace);
  }

  private void refuse(Visit visit, Verdict.Refuse refuse, boolean page) throws IOException {
    if (page && refuse.reason().isTemporary()) {
      metrics.paged();
    } else {
      metrics.refused(refuse.reason());
    }
    answer(visit, refuse, page);
  }

  private void answer(Visit visit, Verdict.Refuse refuse, boolean page) throws IOException {
    if (page && refuse.reason().isTemporary()) {
      WaitingPage.write(
          visit.response(), keeper.waking(visit.service(), refuse, visit.arrivedAt()));
      return;
    }
    GateProblem.write(visit.request(), visit.response(), refuse);
  }
}
