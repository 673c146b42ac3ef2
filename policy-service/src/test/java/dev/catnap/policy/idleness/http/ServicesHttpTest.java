package dev.catnap.policy.idleness.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.policy.FakeActuator;
import dev.catnap.policy.PolicyServer;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

@WithKafka
class ServicesHttpTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static PolicyServer policy;
  private static FakeActuator actuator;
  private static HttpProbe http;
  private static Path servicesFile;

  @BeforeAll
  static void start(KafkaServer kafka, @TempDir Path directory) throws Exception {
    servicesFile = directory.resolve("services.yml");
    Files.writeString(
        servicesFile,
        """
        services:
          from-file:
            image: ${CATNAP_TEST_NO_SUCH_IMAGE:-busybox}
            auto_start: false
            sleep_policy: { idle_timeout: 90s }
          bad-one:
            sleep_policy: { idle_timeout: soon }
        """);
    policy =
        PolicyServer.start(
                kafka,
                "http-test",
                "--catnap.policy-service.services-file=" + servicesFile,
                "--catnap.policy-service.services-file-check=100ms")
            .awaitDeciding();
    actuator = new FakeActuator(policy);
    http = policy.http();
  }

  @AfterAll
  static void stop() {
    actuator.close();
    policy.close();
  }

  private static void define(String name, String json) {
    assertThat(http.put("/services/" + name, json).status()).isIn(200, 201);
  }

  private static void announce(String name, RunState state) {
    actuator.announce(name, state);
    Awaitility.await(name + " is " + state)
        .atMost(SOON)
        .until(() -> status(name).get("state").asString().equals(state.name()));
  }

  private static JsonNode status(String name) {
    return http.get("/services/" + name + "/status").json();
  }

  @Test
  void definition_canBeWrittenReadAndRemoved() {
    HttpProbe.Answer created =
        http.put("/services/crud", "{\"port\":8080,\"sleepPolicy\":{\"idleTimeout\":\"5m\"}}");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.header("location")).hasValue("/services/crud");
    HttpProbe.Answer read = http.get("/services/crud");
    assertThat(read.json().at("/sleep_policy/idle_timeout").asInt()).isEqualTo(300);
    assertThat(read.json().get("source").asString()).isEqualTo("api");
    assertThat(http.put("/services/crud", read.body()).status()).isEqualTo(200);
    assertThat(http.get("/services?limit=1000").body()).contains("\"name\":\"crud\"");
    assertThat(http.delete("/services/crud").status()).isEqualTo(204);
    assertThat(http.get("/services/crud").status()).isEqualTo(404);
    assertThat(http.delete("/services/crud").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x      | {\"sleep_policy\":{\"idle_timeout\":\"soon\"}}    | sleep_policy.idle_timeout",
        "x      | {\"sleep_policy\":{\"schedule\":[\"Mon 25:00\"]}} | sleep_policy.schedule",
        "x      | {\"slep_policy\":{}}                              | slep_policy",
        "x      | {\"depends_on\":[\"x\"]}                          | depends_on",
        "x      | {\"name\":\"y\"}                                  | name",
        "status | {}                                                | name",
        "-x     | {}                                                | name",
        "x      | {rubbish                                          | body",
        "x      | [1]                                               | body",
      })
  void badDefinition_namesTheField(String name, String body, String field) {
    HttpProbe.Answer answer = http.put("/services/" + name, body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"" + field + "\"");
  }

  @Test
  void dependenciesInACircle_areRefused() {
    define("ring-a", "{}");
    define("ring-b", "{\"depends_on\":[\"ring-a\"]}");
    HttpProbe.Answer answer = http.put("/services/ring-a", "{\"depends_on\":[\"ring-b\"]}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("ring-a -> ring-b -> ring-a");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /services/nobody, 404",
    "GET, /services/nobody/status, 404",
    "POST, /services/nobody/wake, 404",
    "PUT, /services/nobody/hold?for=1h, 404",
    "DELETE, /services/nobody/hold, 404",
    "GET, /services/-bad/status, 400",
    "POST, /services/-bad/sleep, 400",
    "GET, /services/status?limit=0, 400",
    "GET, /services?cursor=rubbish, 400",
    "POST, /services/from-file/wake?wait=soon, 400",
    "POST, /services/from-file/wake?wait=1h, 400",
    "PUT, /services/from-file/hold, 400",
    "PUT, /services/from-file/hold?for=0, 400",
    "PUT, /services/from-file/hold?for=1h&state=half, 400",
    "PATCH, /services/from-file, 405",
  })
  void badRequest_isAProblem(String method, String path, int status) {
    awaitFile();
    HttpProbe.Answer answer = http.send(method, path, "", java.util.Map.of());
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("content-type").orElse("")).startsWith("application/problem+json");
  }

  private static void awaitFile() {
    Awaitility.await("services.yml")
        .atMost(SOON)
        .until(() -> http.get("/services/from-file").status() == 200);
  }

  @Test
  void servicesFile_isReadButForWhatIsBad() {
    awaitFile();
    assertThat(http.get("/services/from-file").json().get("image").asString()).isEqualTo("busybox");
    assertThat(http.get("/services/bad-one").status()).isEqualTo(404);
    Awaitility.await("health")
        .atMost(SOON)
        .until(() -> http.get("/system/health").body().contains("service bad-one: "));
    assertThat(http.get("/system/health").body()).contains("sleep_policy.idle_timeout");
  }

  @Test
  void command_isCarriedOutAndWaitedFor() {
    define("cmd", "{}");
    announce("cmd", RunState.RUNNING);
    HttpProbe.Answer slept = http.post("/services/cmd/sleep?wait=10s", "");
    assertThat(slept.status()).isEqualTo(200);
    assertThat(slept.json().get("state").asString()).isEqualTo("SLEEPING");
    HttpProbe.Answer woken = http.post("/services/cmd/wake?wait=10s", "");
    assertThat(woken.json().get("state").asString()).isEqualTo("RUNNING");
    HttpProbe.Answer again = http.post("/services/cmd/wake?wait=10s", "");
    assertThat(again.status()).isEqualTo(200);
    HttpProbe.Answer accepted = http.post("/services/cmd/stop", "");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(accepted.json().get("action").asString()).isEqualTo("STOP");
    assertThat(accepted.json().get("reason").asString()).isEqualTo("manual");
    assertThat(accepted.header("location")).hasValue("/services/cmd/status");
  }

  @Test
  void commandThatFailsOrIsNotAnswered_isAProblem() {
    define("broken-one", "{}");
    announce("broken-one", RunState.SLEEPING);
    HttpProbe.Answer failed = http.post("/services/broken-one/wake?wait=10s", "");
    assertThat(failed.status()).isEqualTo(502);
    assertThat(failed.body()).contains("the engine said no");
    assertThat(status("broken-one").get("failure").asString()).isEqualTo("the engine said no");
    define("dead-one", "{}");
    announce("dead-one", RunState.SLEEPING);
    assertThat(http.post("/services/dead-one/wake?wait=100ms", "").status()).isEqualTo(504);
  }

  @Test
  void status_tellsWhatWillHappenNext() {
    define("next", "{\"sleep_policy\":{\"idle_timeout\":600,\"stop_after\":\"1h\"}}");
    announce("next", RunState.RUNNING);
    JsonNode running = status("next");
    assertThat(running.at("/next/action").asString()).isEqualTo("SLEEP");
    assertThat(running.at("/next/rule").asString()).isEqualTo("idle_timeout");
    assertThat(running.at("/next/at").asString()).isNotEmpty();
    assertThat(running.at("/policy/idleTimeoutSeconds").asDouble()).isEqualTo(600);
    announce("next", RunState.SLEEPING);
    assertThat(status("next").at("/next/action").asString()).isEqualTo("STOP");
    define("next", "{\"sleep_policy\":{\"priority\":\"high\"}}");
    announce("next", RunState.RUNNING);
    assertThat(status("next").at("/next/action").asString()).isEqualTo("NONE");
    assertThat(status("next").at("/next/rule").asString()).isEqualTo("priority");
    assertThat(http.get("/services/status?limit=1000").body()).contains("\"service\":\"next\"");
  }

  @Test
  void hold_wakesKeepsAndIsLifted() {
    define("held", "{}");
    announce("held", RunState.SLEEPING);
    HttpProbe.Answer hold = http.put("/services/held/hold?for=2h", "");
    assertThat(hold.status()).isEqualTo(200);
    assertThat(hold.json().get("state").asString()).isEqualTo("awake");
    Awaitility.await("woken")
        .atMost(SOON)
        .until(() -> status("held").get("state").asString().equals("RUNNING"));
    assertThat(status("held").at("/lastDecision/rule").asString()).isEqualTo("held");
    assertThat(http.post("/services/held/sleep", "").status()).isEqualTo(409);
    define("held", "{}");
    assertThat(status("held").at("/hold/state").asString()).isEqualTo("awake");
    assertThat(http.delete("/services/held/hold").status()).isEqualTo(204);
    assertThat(status("held").has("hold")).isFalse();
  }

  @Test
  void all_areCommandedButForWhatIsNotEligible() {
    define("all-plain", "{}");
    define("all-high", "{\"sleep_policy\":{\"priority\":\"high\"}}");
    define("all-db", "{}");
    define("all-web", "{\"depends_on\":[\"all-db\"],\"sleep_policy\":{\"enabled\":false}}");
    for (String name : java.util.List.of("all-plain", "all-high", "all-db", "all-web")) {
      announce(name, RunState.RUNNING);
    }
    HttpProbe.Answer slept = http.post("/services/sleep-all", "");
    assertThat(slept.status()).isEqualTo(202);
    assertThat(row(slept, "all-plain").get("outcome").asString()).isEqualTo("commanded");
    assertThat(row(slept, "all-plain").at("/command/action").asString()).isEqualTo("SLEEP");
    assertThat(row(slept, "all-high").get("rule").asString()).isEqualTo("priority");
    assertThat(row(slept, "all-web").get("rule").asString()).isEqualTo("disabled");
    assertThat(row(slept, "all-db").get("rule").asString()).isEqualTo("dependents");
    Awaitility.await("asleep")
        .atMost(SOON)
        .until(() -> status("all-plain").get("state").asString().equals("SLEEPING"));
    HttpProbe.Answer woken = http.post("/services/wake-all", "");
    assertThat(row(woken, "all-plain").get("outcome").asString()).isEqualTo("commanded");
    assertThat(row(woken, "all-high").get("outcome").asString()).isEqualTo("skipped");
  }

  private static JsonNode row(HttpProbe.Answer answer, String service) {
    for (JsonNode row : answer.json().get("services")) {
      if (row.get("service").asString().equals(service)) {
        return row;
      }
    }
    throw new AssertionError("no row " + service);
  }
}
