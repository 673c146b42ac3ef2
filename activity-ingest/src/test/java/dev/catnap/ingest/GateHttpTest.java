package dev.catnap.ingest;

import static dev.catnap.ingest.gate.Stories.failed;
import static dev.catnap.ingest.gate.Stories.went;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.RunState;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateHttpTest {
  private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
  private Ingest ingest;

  @BeforeAll
  void start(KafkaServer server) {
    ingest = Ingest.on(server, "--catnap.activity-ingest.gate.max-held-per-service=200");
  }

  @AfterAll
  void stop() {
    ingest.close();
    clients.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "PROPFIND"})
  void whoAsksForARunningServicePassesByAnyMethod(String method) {
    ingest.isNow("awake", RunState.RUNNING);
    Answer answer = ingest.http.send(method, "/gate/awake", "", Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.header("Catnap-State")).hasValue("RUNNING");
    assertThat(answer.header("Catnap-Waited-Millis")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/gate/paths/", "/gate/paths/a/b.c", "/gate/paths/a%2Fb", "/gate/paths?x=%zz&timeout=abc",
        "/gate/paths/%20;v=1", "/gate/paths?mode=page&timeout=10s", "/gate/paths//x",
            "/gate/paths?%",
      })
  void whatGatewaysAppendBreaksNothing(String path) throws Exception {
    ingest.isNow("paths", RunState.RUNNING);
    assertThat(RawHttp.status(ingest.port(), path)).isEqualTo(200);
  }

  @Test
  void browsersSendWhatTheStandardForbids() throws Exception {
    ingest.isNow("paths", RunState.RUNNING);
    assertThat(RawHttp.status(ingest.port(), "/gate/paths/{a}|b?q=[1]|{\"2\"}^`")).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/gate/nobody", "/gate/", "/gate", "/gate/..;/", "/gate/%00"})
  void whatNobodyKnowsIsNotThere(String path) throws Exception {
    assertThat(RawHttp.status(ingest.port(), path)).isIn(404, 400);
    Answer answer = ingest.http.get("/gate/nobody");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.json().get("detail").asString()).contains("nobody");
  }

  @ParameterizedTest
  @EnumSource(
      value = RunState.class,
      names = {"SLEEPING", "STOPPED", "WAKING", "FALLING_ASLEEP", "FAILED"})
  void whoAsksForASleeperIsHeldUntilItRuns(RunState state) {
    String service = "held-" + state.name();
    ingest.isNow(service, state);
    CompletableFuture<Answer> asked = ask("/gate/" + service);
    await().atMost(Ingest.SOON).until(() -> ingest.activityOf(service).size() == 1);
    assertThat(asked).isNotDone();
    ingest.tell(went(service, RunState.RUNNING, Instant.now()));
    Answer answer = asked.orTimeout(10, TimeUnit.SECONDS).join();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Catnap-State")).hasValue("RUNNING");
    assertThat(answer.header("Catnap-Waited-Millis")).isPresent();
  }

  @Test
  void manyAreReleasedByOneChangeAndCauseFewRecords() {
    ingest.isNow("storm", RunState.SLEEPING);
    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      asked.add(ask("/gate/storm?timeout=20s"));
    }
    WaitingRoom room = ingest.bean(WaitingRoom.class);
    await().atMost(Ingest.SOON).until(() -> room.held() == 200);
    Answer oneMore = ingest.http.get("/gate/storm");
    assertThat(oneMore.status()).isEqualTo(503);
    assertThat(oneMore.header("Retry-After")).isPresent();
    ingest.tell(went("storm", RunState.RUNNING, Instant.now()));
    assertThat(asked).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
    await().atMost(Ingest.SOON).until(() -> ingest.usesOf("storm") == 201);
    assertThat(ingest.activityOf("storm").size()).isLessThan(20);
    assertThat(room.held()).isZero();
  }

  @Test
  void whoIsNotServedInTimeIsToldWhenToComeAgain() {
    ingest.isNow("late", RunState.STOPPED);
    Instant before = Instant.now();
    Answer answer = ingest.http.get("/gate/late?timeout=300ms");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(Duration.between(before, Instant.now()))
        .isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    assertThat(answer.header("Retry-After")).hasValue("1");
    assertThat(answer.header("Catnap-State")).hasValue("STOPPED");
    assertThat(answer.json().get("type").asString()).endsWith("not-in-time");
  }

  @Test
  void aFailureWhileOneWaitsIsTheAnswer() {
    ingest.isNow("broken", RunState.STOPPED);
    CompletableFuture<Answer> asked = ask("/gate/broken");
    await().atMost(Ingest.SOON).until(() -> !ingest.activityOf("broken").isEmpty());
    ingest.tell(failed("broken", Instant.now(), "no such image: app:1"));
    Answer answer = asked.join();
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.json().get("detail").asString()).contains("no such image: app:1");
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @Test
  void whileOneWaitsItIsAskedForAgainWithoutCountingTwice() {
    ingest.isNow("patient", RunState.STOPPED);
    ask("/gate/patient?timeout=20s");
    await().atMost(Ingest.SOON).until(() -> ingest.activityOf("patient").size() >= 3);
    List<JsonNode> told =
        ingest.activityOf("patient").stream()
            .map(m -> JsonMapper.shared().readTree(m.value()))
            .toList();
    assertThat(told)
        .extracting(activity -> activity.get("id").asString())
        .as("a repeated id counts once")
        .containsOnly(told.getFirst().get("id").asString());
    assertThat(told).extracting(activity -> activity.get("count").asInt()).containsOnly(1);
    assertThat(told)
        .extracting(activity -> Instant.parse(activity.get("at").asString()))
        .as("with a newer time each")
        .isSorted()
        .doesNotHaveDuplicates();
    ingest.isNow("patient", RunState.RUNNING);
  }

  @Test
  void requestsThatPassAreSummedAndEachCountsOnce() {
    ingest.isNow("busy", RunState.RUNNING);
    for (int i = 0; i < 300; i++) {
      ingest.http.get("/gate/busy");
    }
    await().atMost(Ingest.SOON).until(() -> ingest.usesOf("busy") == 300);
    assertThat(ingest.activityOf("busy").size()).isLessThan(30);
  }

  @Test
  void rubbishOnTheTopicsStopsNothing() {
    for (String topic : List.of("catnap.services", "catnap.states", "catnap.state-changes")) {
      ingest.kafka.send(topic, "x", "rubbish");
      ingest.kafka.send(topic, "x", "{}");
      ingest.kafka.send(topic, "noslash", null);
    }
    ingest.kafka.send("catnap.state-changes", null, null);
    ingest.isNow("after-rubbish", RunState.RUNNING);
    assertThat(ingest.http.get("/gate/after-rubbish").status()).isEqualTo(200);
  }

  @Test
  void whatIsOnlyDefinedCountsAsAwakeUntilItIsRemoved() {
    ingest.kafka.send("catnap.services", "defined", "{\"image\":\"app:1\"}");
    ingest.awaitGate("defined", 200);
    assertThat(ingest.http.get("/gate/defined").header("Catnap-State")).hasValue("UNKNOWN");
    ingest.kafka.send("catnap.services", "defined", null);
    ingest.awaitGate("defined", 404);
  }

  @Test
  void figuresAreShown() {
    ingest.isNow("shown", RunState.RUNNING);
    ingest.http.get("/gate/shown");
    ingest.http.get("/system/health");
    assertThat(ingest.http.get("/actuator/prometheus").body())
        .contains(
            "catnap_gate_requests_total{outcome=\"passed\"}",
            "catnap_gate_held 0.0",
            "catnap_gate_hold_seconds_bucket",
            "catnap_gate_overhead_seconds_bucket")
        .contains("uri=\"/system/health\"")
        .doesNotContainPattern("http_server_requests_seconds_count.*uri=\"UNKNOWN\"");
    assertThat(ingest.http.get("/v3/api-docs").body())
        .contains("\"/gate\"", "/gate/{service}", "/activity");
    assertThat(ingest.http.get("/system/health").body()).contains("activity-ingest");
  }

  private CompletableFuture<Answer> ask(String path) {
    return CompletableFuture.supplyAsync(() -> ingest.http.get(path), clients);
  }
}
