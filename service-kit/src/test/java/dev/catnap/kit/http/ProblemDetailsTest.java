package dev.catnap.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.kit.TestService;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(
    classes = TestService.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "catnap.kafka.bootstrap-servers=127.0.0.1:1",
      "catnap.kafka.start-wait=0s",
      "catnap.http.max-body-bytes=2000"
    })
class ProblemDetailsTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @LocalServerPort int port;

  private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
    return HTTP.send(
        request.uri(URI.create("http://127.0.0.1:" + port + path)).build(),
        BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(), path);
  }

  private HttpResponse<String> post(String body) throws Exception {
    return send(
        HttpRequest.newBuilder()
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)),
        "/naps");
  }

  private static JsonNode problem(HttpResponse<String> response, int status) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    JsonNode problem = JSON.readTree(response.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("type").asString()).startsWith("urn:catnap:problem:");
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(response.body()).doesNotContain("secret-internals").doesNotContain("dev.catnap");
    return problem;
  }

  private static void names(JsonNode problem, String field, String rule, String value) {
    assertThat(problem.path("field").asString()).isEqualTo(field);
    assertThat(problem.path("rule").asString()).isEqualTo(rule);
    if (value == null) {
      assertThat(problem.has("value")).as(problem.toString()).isFalse();
    } else {
      assertThat(problem.path("value").asString()).isEqualTo(value);
    }
  }

  @Test
  void goodRequest_isAnswered() throws Exception {
    HttpResponse<String> response =
        post(
            "{'cat':'tom','hours':3,'mood':'sleepy','at':'2026-01-31T08:00:00Z'}"
                .replace('\'', '"'));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(response.body()).contains("\"sleepy\"", "\"2026-01-31T08:00:00Z\"");
  }

  @Test
  void severalInvalidFields_areAllNamed() throws Exception {
    JsonNode problem = problem(post("{\"cat\":\"\",\"hours\":25}"), 400);
    assertThat(problem.path("errors").size()).isEqualTo(2);
    assertThat(problem.path("errors").findValuesAsString("field"))
        .containsExactlyInAnyOrder("cat", "hours");
  }

  @Test
  void oneInvalidField_standsAtTheTop() throws Exception {
    JsonNode problem = problem(post("{\"cat\":\"tom\",\"hours\":25}"), 400);
    names(problem, "hours", "must be less than or equal to 24", "25");
    assertThat(problem.has("errors")).isFalse();
    assertThat(problem.path("instance").asString()).isEqualTo("/naps");
  }

  @Test
  void longValue_isCut() throws Exception {
    JsonNode problem =
        problem(post("{\"cat\":\"tom\",\"hours\":\"" + "9".repeat(900) + "\"}"), 400);
    assertThat(problem.path("value").asString()).hasSize(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"cat\":\"tom\",\"hours\":\"x\"}| hours | must be a whole number within 32 bits | x",
        "{\"cat\":\"tom\",\"hours\":1,\"mood\":\"x\"}| mood | must be one of sleepy, awake | x",
        "{\"cat\":\"tom\",\"hours\":1,\"at\":\"x\"}| at | must be a time in ISO 8601, such as 2026-01-31T08:00:00Z | x",
        "{\"cat\":\"tom\"}| hours | must be a whole number within 32 bits | ",
        "{\"cat\":[]}| cat | must be a text | ",
        "{\"cat\" 1}| body | must be JSON, but is not at line 1, column 8 | ",
        "[]| body | must be an object | ",
        "``| body | must be given, as JSON | "
      })
  void unreadableJson_namesFieldAndRule(String body, String field, String rule, String value)
      throws Exception {
    names(problem(post(body), 400), field, rule, value);
  }

  @Test
  void mapIsAskedForAsAnObject() {
    assertThat(UnreadableBody.rule(LinkedHashMap.class)).isEqualTo("must be an object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/window?window=soon | window | must be seconds as a number, or a number with ms, s, m, h, d or w, such as 10m, at most 36500d | soon",
        "/window?window=PT-5M | window | must be between 0 and 36500d | PT-5M",
        "/window | window | must be given | ",
        "/since?since=noon | since | must be a time in ISO 8601, such as 2026-01-31T08:00:00Z | noon",
        "/years?years=x | years | must be a whole number within 32 bits | x",
        "/years?years=31 | years | must be less than or equal to 30 | 31",
        "/cats?limit=0 | limit | must be a whole number from 1 to 1000 | 0",
        "/cats?limit=1001 | limit | must be a whole number from 1 to 1000 | 1001",
        "/cats?limit=x | limit | must be a whole number from 1 to 1000 | x",
        "/cats?cursor=x | cursor | must be the nextCursor of an earlier page | x",
      })
  void invalidParameter_isNamed(String path, String field, String rule, String value)
      throws Exception {
    JsonNode problem = problem(get(path), 400);
    names(problem, field, rule, value);
    assertThat(problem.path("type").asString()).isEqualTo("urn:catnap:problem:invalid-field");
  }

  @ParameterizedTest
  @CsvSource({
    "500ms, 500",
    "30s, 30000",
    "5m, 300000",
    "24h, 86400000",
    "7d, 604800000",
    "2w, 1209600000",
    "PT5M, 300000",
    "600, 600000"
  })
  void duration_isUnderstood(String text, long millis) throws Exception {
    assertThat(get("/window?window=" + text).body()).isEqualTo("{\"millis\":" + millis + "}");
  }

  @Test
  void list_pages() throws Exception {
    JsonNode first = JSON.readTree(get("/cats?limit=200").body());
    assertThat(first.path("items").size()).isEqualTo(200);
    JsonNode last =
        JSON.readTree(get("/cats?limit=200&cursor=" + first.path("nextCursor").asString()).body());
    assertThat(last.path("items").size()).isEqualTo(50);
    assertThat(last.has("nextCursor")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json", "image/png", "*/*"})
  void unknownPath_is404WhateverIsAccepted(String accept) throws Exception {
    JsonNode problem =
        problem(send(HttpRequest.newBuilder().header("Accept", accept), "/nowhere"), 404);
    assertThat(problem.path("type").asString()).isEqualTo("urn:catnap:problem:not-found");
  }

  @Test
  void otherMethod_is405AndNamesThoseAllowed() throws Exception {
    HttpResponse<String> response = send(HttpRequest.newBuilder().DELETE(), "/naps");
    names(problem(response, 405), "method", "must be one of POST", "DELETE");
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void otherMediaType_is415() throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder()
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString("a,b"));
    names(
        problem(send(request, "/naps"), 415),
        "Content-Type",
        "must be one of application/json",
        "text/csv");
  }

  @Test
  void notAcceptable_is406() throws Exception {
    problem(send(HttpRequest.newBuilder().header("Accept", "image/png"), "/cats"), 406);
  }

  @Test
  void tooLargeBody_is413() throws Exception {
    JsonNode problem = problem(post("{\"cat\":\"" + "x".repeat(3000) + "\"}"), 413);
    names(problem, "body", "must be at most 2000 bytes", null);
  }

  @Test
  void ownProblem_isToldAsItIs() throws Exception {
    names(problem(get("/missing"), 404), "service", "must exist", "tom");
    HttpResponse<String> away = get("/away");
    problem(away, 503);
    assertThat(away.headers().firstValue("Retry-After")).hasValue("2");
  }

  @Test
  void defect_is500WithAnIdAndNoInternals() throws Exception {
    assertThat(problem(get("/defect"), 500).path("errorId").asString()).hasSize(36);
  }

  @Test
  void sendError_isAProblemToo() throws Exception {
    problem(send(HttpRequest.newBuilder().header("Accept", "text/html"), "/refused"), 403);
  }

  @Test
  void rejectedUrl_isAProblemToo() throws Exception {
    assertThat(raw("GET /cats/%2e%2e%5c..;/x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 4")
        .contains("application/problem+json");
  }

  @Test
  void malformedRequest_isAProblemToo() throws Exception {
    assertThat(raw("GET /a<b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "urn:catnap:problem:refused")
        .doesNotContain("html");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void instance_isThePathAsItWasAskedFor() throws Exception {
    assertThat(JSON.readTree(get("/nothing/a%20b").body()).path("instance").asString())
        .isEqualTo("/nothing/a%20b");
  }

  @Test
  void openApi_describesAllControllersAndProblems() throws Exception {
    JsonNode api = JSON.readTree(get("/v3/api-docs").body());
    assertThat(api.path("openapi").asString()).startsWith("3.");
    assertThat(api.at("/components/schemas/Problem/properties").has("rule")).isTrue();
    assertThat(api.path("paths").propertyNames()).contains("/naps", "/cats", "/health");
    assertThat(api.at("/paths/~1cats/get/parameters").findValuesAsString("name"))
        .containsExactlyInAnyOrder("limit", "cursor");
    assertThat(api.at("/paths/~1cats/get/responses").has("default")).isTrue();
    assertThat(get("/v3/api-docs.yaml").body()).startsWith("openapi: 3.");
  }

  @Test
  void health_isDownWithoutBrokerAndSaysWhy() throws Exception {
    HttpResponse<String> health = get("/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(JSON.readTree(health.body()).at("/parts/kafka/status").asString()).isEqualTo("DOWN");
    HttpResponse<String> system = get("/system/health");
    assertThat(system.statusCode()).isEqualTo(503);
    JsonNode broker = JSON.readTree(system.body()).at("/parts/0");
    assertThat(broker.path("name").asString()).isEqualTo("kafka");
    assertThat(broker.path("kind").asString()).isEqualTo("broker");
    assertThat(broker.path("detail").asString()).contains("broker does not answer");
    assertThat(broker.path("since").asString()).endsWith("Z");
  }

  @Test
  void metrics_areServed() throws Exception {
    assertThat(get("/actuator/prometheus").body()).contains("jvm_memory_used_bytes");
  }
}
