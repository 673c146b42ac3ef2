package dev.catnap.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe.Answer;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@WithKafka
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActivityHttpTest {
  private Ingest ingest;

  @BeforeAll
  void start(KafkaServer server) {
    ingest =
        Ingest.on(
            server,
            "--catnap.activity-ingest.activity.max-body-bytes=20000",
            "--catnap.activity-ingest.activity.max-batch-events=10");
  }

  @AfterAll
  void stop() {
    ingest.close();
  }

  @Test
  void oneEventIsOnTheLogWhenItIsAnswered() {
    Answer answer =
        ingest.http.post("/activity", "{\"service\":\"one\",\"kind\":\"job\",\"wat\":[1]}");
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1,\"rejected\":[]}");
    KafkaProbe.Message message = ingest.activityOf("one").getFirst();
    assertThat(message.value()).contains("\"kind\":\"job\"", "\"count\":1", "\"at\":\"");
    assertThat(message.headers()).containsEntry("ce_source", "/catnap/activity-ingest");
  }

  @Test
  void anArrayIsTakenWithItsPlacesNamed() {
    Answer answer =
        ingest.http.post(
            "/activity",
            "[{\"service\":\"array\"}, 7, {\"service\":\"array\",\"count\":\"many\"}]");
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
    assertThat(answer.json().get("rejected").get(0).get("line").asInt()).isEqualTo(2);
    assertThat(answer.json().get("rejected").get(1).get("field").asString()).isEqualTo("count");
    assertThat(answer.json().get("rejected").get(1).get("value").asString()).isEqualTo("many");
    assertThat(ingest.activityOf("array")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/x-ndjson", "application/ndjson", "application/jsonl; charset=utf-8"})
  void linesAreTakenEachForItself(String type) {
    String service = "lines-" + type.replaceAll("[^a-z]", "");
    String lines =
        "{\"service\":\"%s\"}\r\n\n{\"service\":\n{\"service\":\"%s\",\"kind\":\"nap\"}\n"
            + "null\n[]\n{\"service\":\"%s\",\"at\":\"yesterday\"}\n{\"service\":\"%s\"}";
    Answer answer =
        ingest.http.post("/activity", lines.formatted(service, service, service, service), type);
    assertThat(answer.status()).isEqualTo(207);
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(2);
    assertThat(answer.json().get("rejected").valueStream().map(r -> r.get("line").asInt()))
        .containsExactly(3, 4, 5, 6, 7);
    assertThat(answer.json().get("rejected").valueStream().map(r -> r.get("field").asString()))
        .containsExactly("value", "kind", "value", "value", "at");
    assertThat(ingest.activityOf(service)).hasSize(2);
  }

  @Test
  void severalLinesAreNoJson() {
    Answer answer = ingest.http.post("/activity", "{\"service\":\"two\"}\n{\"service\":\"two\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(ingest.activityOf("two")).isEmpty();
  }

  @Test
  void nothingGoodIsAProblemWithEachFault() {
    Answer answer =
        ingest.http.post("/activity", "[{\"service\":\"a b\"},{\"service\":\"x\",\"count\":0}]");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.json().get("errors").get(0).get("field").asString()).isEqualTo("service");
    assertThat(answer.json().get("errors").get(1).get("rule").asString())
        .isEqualTo("must be at least 1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "  \n ", "[{\"service\":\"cut\"},", "{", "nonsense", "\"text\"", "[[]]"})
  void rubbishIsAProblem(String body) {
    Answer answer = ingest.http.post("/activity", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
    assertThat(ingest.activityOf("cut")).isEmpty();
  }

  @Test
  void clocksThatAreOffAreRejected() {
    String tomorrow = Instant.now().plusSeconds(86_400).toString();
    Answer answer =
        ingest.http.post("/activity", "{\"service\":\"x\",\"at\":\"" + tomorrow + "\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo("at");
  }

  @Test
  void cloudEventsComeInThreeModes() {
    String at = Instant.now().minusSeconds(3).toString();
    String event =
        "{\"specversion\":\"1.0\",\"id\":\"s-1\",\"source\":\"/gw\",\"type\":\"t\",\"time\":\""
            + at
            + "\",\"data\":{\"service\":\"ce\"}}";
    Map<String, String> binary =
        Map.of(
            "Content-Type",
            "application/json",
            "ce-specversion",
            "1.0",
            "ce-id",
            "b%201",
            "ce-source",
            "/gw",
            "ce-type",
            "t",
            "ce-time",
            at);
    assertThat(ingest.http.send("POST", "/activity", "{\"service\":\"ce\"}", binary).status())
        .isEqualTo(202);
    assertThat(ingest.http.post("/activity", event, "application/cloudevents+json").status())
        .isEqualTo(202);
    assertThat(
            ingest
                .http
                .post("/activity", "[" + event + "]", "application/cloudevents-batch+json")
                .status())
        .isEqualTo(202);
    assertThat(ingest.activityOf("ce"))
        .extracting(m -> m.headers().get("ce_id"))
        .containsExactlyInAnyOrder("b 1", "s-1", "s-1");
    assertThat(ingest.activityOf("ce"))
        .allSatisfy(m -> assertThat(m.value()).contains("\"source\":\"/gw\"", at));
  }

  @Test
  void whatIsNoCloudEventIsRejected() {
    Answer answer =
        ingest.http.post("/activity", "{\"specversion\":\"0.3\"}", "application/cloudevents+json");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo("specversion");
  }

  @Test
  void tooMuchAtOnceNamesTheLimit() {
    Answer batch =
        ingest.http.post("/activity", "{\"service\":\"x\"}\n".repeat(11), "application/x-ndjson");
    assertThat(batch.status()).isEqualTo(413);
    assertThat(batch.json().get("detail").asString()).contains("batch must be at most 10 events");
    Answer body = ingest.http.post("/activity", " ".repeat(20_001));
    assertThat(body.status()).isEqualTo(413);
    assertThat(body.json().get("detail").asString()).contains("body must be at most 20000 bytes");
    assertThat(ingest.activityOf("x")).isEmpty();
  }

  @Test
  void otherTypesAreNotGuessedAt() {
    assertThat(ingest.http.post("/activity", "service=x", "text/plain").status()).isEqualTo(415);
    assertThat(ingest.http.get("/activity").status()).isEqualTo(405);
  }

  @Test
  void whatCameIsCounted() {
    ingest.http.post("/activity", "[{\"service\":\"counted\"},{}]");
    String metrics = ingest.http.get("/actuator/prometheus").body();
    assertThat(metrics)
        .contains("catnap_activity_accepted_total")
        .contains("catnap_activity_rejected_total{reason=\"service\"}")
        .contains("catnap_activity_failed_total 0.0");
  }
}
