package dev.catnap.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The gate by host name, requests that are marked as not waking, and kinds of use. */
@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateHostHttpTest {
  private static final String MARKS =
      "{\"not_waking\":{\"user_agents\":[\"*bot*\"],\"paths\":[\"/health\"],"
          + "\"headers\":[\"X-Probe=1\"]}}";

  private Ingest ingest;

  @BeforeAll
  void start(KafkaServer server) {
    ingest = Ingest.on(server);
    define("notes", "{\"hosts\":[\"notes.example.org\"]}");
    define("rest", "{\"hosts\":[\"*.example.org\"]}");
    ingest.awaitGate("notes", 200);
    ingest.awaitGate("rest", 200);
  }

  @AfterAll
  void stop() {
    ingest.close();
  }

  private void define(String service, String definition) {
    ingest.kafka.send("catnap.services", service, definition);
  }

  @ParameterizedTest
  @CsvSource({
    "/gate, Notes.example.org:8443, notes",
    "/gate, 'notes.example.org, proxy.internal', notes",
    "/gate?host=notes.example.org&host=x, other, notes",
    "/gate?mode=wait&host=a.example.org, notes.example.org, rest",
    "/gate/, a.b.example.org, rest",
    "/gate/notes, a.example.org, notes",
  })
  void theHostTellsTheService(String path, String forwardedHost, String service) {
    int before = ingest.usesOf(service);
    Answer answer = ingest.http.send("GET", path, "", Map.of("X-Forwarded-Host", forwardedHost));
    assertThat(answer.status()).isEqualTo(200);
    await().atMost(Ingest.SOON).until(() -> ingest.usesOf(service) == before + 1);
  }

  @Test
  void aHostThatNobodyHasIsNamed() throws Exception {
    Answer answer =
        ingest.http.send("GET", "/gate", "", Map.of("X-Forwarded-Host", "Nobody.example.net"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().get("type").asString()).endsWith("unknown-host");
    assertThat(answer.json().get("detail").asString()).contains("'nobody.example.net'");
    assertThat(RawHttp.status(ingest.port(), "/gate?host=%zz")).isEqualTo(404);
  }

  @Test
  void theNewestDefinitionHasAHostUntilItGivesItBack() {
    define("old", "{\"hosts\":[\"shared\"],\"defined_at\":\"2026-05-02T00:00:00Z\"}");
    define("new", "{\"hosts\":[\"shared\"],\"defined_at\":\"2026-05-03T00:00:00Z\"}");
    ingest.awaitGate("new", 200);
    ingest.isNow("old", RunState.SLEEPING);
    assertThat(ingest.http.get("/gate?host=shared&timeout=0s").status()).isEqualTo(200);
    define("new", "{\"defined_at\":\"2026-05-04T00:00:00Z\"}");
    await()
        .atMost(Ingest.SOON)
        .until(() -> ingest.http.get("/gate?host=shared&timeout=0s").status() == 503);
  }

  @ParameterizedTest
  @CsvSource({
    "User-Agent, Googlebot/2.1",
    "X-Probe, 1",
    "X-Forwarded-Uri, /health?verbose=1",
    "X-Original-URI, /health",
  })
  void whoIsMarkedWakesNothingAndIsNotCounted(String header, String value) {
    String service = "marked-" + header;
    define(service, MARKS);
    ingest.awaitGate(service, 200);
    await().atMost(Ingest.SOON).until(() -> ingest.usesOf(service) == 1);
    ingest.isNow(service, RunState.SLEEPING);
    Answer asleep = ask(service, Map.of(header, value));
    assertThat(asleep.status()).isEqualTo(503);
    assertThat(asleep.json().get("type").asString()).isEqualTo("urn:catnap:problem:not-waking");
    assertThat(asleep.header("Catnap-State")).hasValue("SLEEPING");
    assertThat(asleep.header("Retry-After")).hasValue("30");
    ingest.isNow(service, RunState.RUNNING);
    assertThat(ask(service, Map.of(header, value)).status()).isEqualTo(200);
    assertThat(ask(service, Map.of(header, "other")).status()).isEqualTo(200);
    await().atMost(Ingest.SOON).until(() -> ingest.usesOf(service) > 1);
    assertThat(ingest.usesOf(service)).as("the first and the last one").isEqualTo(2);
  }

  @Test
  void aMarkedPathMayStandBehindTheName() {
    define("behind", MARKS);
    ingest.isNow("behind", RunState.SLEEPING);
    await()
        .atMost(Ingest.SOON)
        .until(
            () -> ingest.http.get("/gate/behind/health?timeout=0s").json().get("type").asString(),
            type -> type.endsWith("not-waking"));
    assertThat(ingest.http.get("/gate/behind/other?timeout=0s").json().get("type").asString())
        .endsWith("not-in-time");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Forwarded-Upgrade, websocket, connection",
    "Accept, text/event-stream, connection",
    "Accept, 'application/json, text/event-stream', request",
  })
  void connectionsAreToldApart(String header, String value, String kind) {
    String service = "kind-" + kind + "-" + value.length();
    ingest.isNow(service, RunState.SLEEPING);
    CompletableFuture<Answer> held =
        CompletableFuture.supplyAsync(() -> ask(service, Map.of(header, value)));
    await().atMost(Ingest.SOON).until(() -> ingest.usesOf(service) == 1);
    ingest.isNow(service, RunState.RUNNING);
    assertThat(held.join().status()).isEqualTo(200);
    assertThat(ingest.activityOf(service))
        .allSatisfy(m ->
            assertThat(JsonMapper.shared().readTree(m.value()).get("kind").asString())
                .isEqualTo(kind));
  }

  private Answer ask(String service, Map<String, String> headers) {
    return ingest.http.send("GET", "/gate/" + service, "", headers);
  }
}
