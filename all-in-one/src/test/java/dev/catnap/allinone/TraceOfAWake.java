package dev.catnap.allinone;

import static dev.catnap.allinone.TraceCollector.hex;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/**
 * A wake from the gateway's header to the engine's call, as a collector sees it.
 *
 * @param service is stopped, and nobody asked for it yet
 */
record TraceOfAWake(CatnapFixture catnap, TraceCollector collector, String service) {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int ASKING = 100;

  void isOneFromTheGatewayToTheEngine() {
    List<CompletableFuture<HttpResponse<Void>>> answers;
    try (HttpClient client = HttpClient.newHttpClient()) {
      answers = IntStream.range(0, ASKING).mapToObj(i -> ask(client, i)).toList();
      assertThat(answers)
          .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
    }
    int waking =
        Awaitility.await("one trace has the wake").atMost(LIMIT).until(this::waking, i -> i >= 0);
    Span hold = span(waking, "hold");
    Span decide = span(waking, "decide");
    Span wake = span(waking, "wake");
    Span start = span(waking, "engine start");
    Span answer = span(waking, "answer");
    assertThat(hex(hold.getParentSpanId())).isEqualTo(gatewaySpan(waking));
    assertThat(decide.getParentSpanId()).isEqualTo(hold.getSpanId());
    assertThat(wake.getParentSpanId()).isEqualTo(decide.getSpanId());
    assertThat(start.getParentSpanId()).isEqualTo(wake.getSpanId());
    assertThat(answer.getParentSpanId()).isEqualTo(wake.getSpanId());
    assertThat(hold.getStartTimeUnixNano()).isLessThanOrEqualTo(start.getStartTimeUnixNano());
    assertThat(start.getEndTimeUnixNano()).isLessThanOrEqualTo(hold.getEndTimeUnixNano());
    othersHaveTracesOfTheirOwn(waking, wake);
  }

  /** Who came while it was waking: held in a trace of its own, which links to the wake. */
  private void othersHaveTracesOfTheirOwn(int waking, Span wake) {
    List<Integer> heldToo =
        IntStream.range(0, ASKING)
            .filter(i -> i != waking)
            .filter(i -> !collector.ofTrace(traceId(i)).isEmpty())
            .boxed()
            .toList();
    assertThat(heldToo).isNotEmpty();
    for (int other : heldToo) {
      Span hold = span(other, "hold");
      Span answer = span(other, "answer");
      assertThat(hex(hold.getParentSpanId())).isEqualTo(gatewaySpan(other));
      assertThat(answer.getParentSpanId()).isEqualTo(hold.getSpanId());
      assertThat(answer.getLinksList())
          .anySatisfy(link -> assertThat(link.getSpanId()).isEqualTo(wake.getSpanId()));
    }
  }

  private CompletableFuture<HttpResponse<Void>> ask(HttpClient client, int i) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(catnap.address() + "/gate/" + service + "?timeout=60s"))
            .header("traceparent", "00-" + traceId(i) + "-" + gatewaySpan(i) + "-01")
            .build();
    return client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
  }

  private static String traceId(int i) {
    return "4bf92f3577b34da6a3ce929d0e0e47%02x".formatted(i);
  }

  private static String gatewaySpan(int i) {
    return "00f067aa0ba902%02x".formatted(i);
  }

  /** The request that the wake began with; -1: not all of its trace is here yet. */
  private int waking() {
    List<String> steps = List.of("hold", "decide", "wake", "engine start", "answer");
    return IntStream.range(0, ASKING)
        .filter(i ->
            collector.ofTrace(traceId(i)).stream().map(Span::getName).toList().containsAll(steps))
        .findFirst()
        .orElse(-1);
  }

  private Span span(int i, String name) {
    return Awaitility.await(name + " of trace " + i)
        .atMost(LIMIT)
        .until(
            () ->
                collector.ofTrace(traceId(i)).stream()
                    .filter(span -> span.getName().equals(name))
                    .toList(),
            found -> !found.isEmpty())
        .getFirst();
  }
}
