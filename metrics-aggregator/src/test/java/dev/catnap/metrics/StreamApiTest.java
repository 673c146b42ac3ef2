package dev.catnap.metrics;

import static dev.catnap.events.RunState.RUNNING;
import static dev.catnap.events.RunState.SLEEPING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.ResourceSample;
import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.live.kafka.LiveFeed;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;

/** Two may listen at the same time, and a heart beats every second. */
class StreamApiTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Of its own: weeks of records are in the way of tests that count what there is. */
  private static final KafkaServer kafka = KafkaServer.privateServer();

  private static Service service;
  private static int ids;

  @BeforeAll
  static void start() {
    service =
        new Service(
            kafka.bootstrapServers(), PostgresServer.shared().freshDatabase(), "stream-test");
    service.itIs(Instant.now());
    service.start(
        "--catnap.metrics-aggregator.stream.clients=2",
        "--catnap.metrics-aggregator.stream.heartbeat=1s");
  }

  @AfterAll
  static void stop() {
    service.close();
    kafka.close();
  }

  /** Reads lines until it is closed. */
  private static final class Client implements AutoCloseable {
    final List<String> lines = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final InputStream body;
    final int status;

    Client(String query, String... headers) throws Exception {
      String port = service.bean(Environment.class).getProperty("local.server.port");
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + port + "/metrics/stream" + query));
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<InputStream> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      status = response.statusCode();
      body = response.body();
      Thread.ofVirtual().start(this::read);
    }

    private void read() {
      try (BufferedReader reader =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          lines.add(line);
        }
      } catch (IOException e) {
        // Closed.
      }
    }

    void awaitLine(String part) {
      await(part).atMost(SOON).until(() -> lines.stream().anyMatch(line -> line.contains(part)));
    }

    String idOf(String part) {
      for (int i = 2; i < lines.size(); i++) {
        if (lines.get(i).contains(part)) {
          return lines.get(i - 2).substring("id: ".length());
        }
      }
      throw new AssertionError(part);
    }

    @Override
    public void close() {
      http.shutdownNow();
    }
  }

  private static void change(String name) {
    service.publish(
        Topics.STATE_CHANGES,
        List.of(
            Changes.change(
                name, "stream-" + name + ++ids, RUNNING, SLEEPING, Instant.now().plusSeconds(5))));
  }

  /** One that left has its place until the next heartbeat finds it gone. */
  private static Client joined(String query, String... headers) {
    return await()
        .atMost(SOON)
        .until(
            () -> {
              Client client = new Client(query, headers);
              if (client.status == 200) {
                return client;
              }
              client.close();
              return null;
            },
            Objects::nonNull);
  }

  @Test
  void changesAndFigures_comeAsTheyHappen_andOneComesBackWithoutMissingAny() throws Exception {
    String id;
    try (Client client = joined("?service=live-a")) {
      client.awaitLine("welcome");
      await().atMost(SOON).until(service.bean(LiveFeed.class)::isCaughtUp);
      change("live-b");
      change("live-a");
      service.publish(
          Topics.RESOURCE_SAMPLES,
          List.of(
              new ResourceSample(
                  "live-a",
                  "live-a",
                  "host-1",
                  Instant.now().plusSeconds(5),
                  1000,
                  0.25,
                  1.0,
                  100,
                  1000L,
                  7,
                  1,
                  2,
                  3,
                  4)));
      client.awaitLine("event: state-change");
      client.awaitLine("\"cpuCores\":0.25");
      client.awaitLine("heartbeat");
      assertThat(client.lines).noneMatch(line -> line.contains("live-b"));
      id = client.idOf("\"to\":\"SLEEPING\"");
    }
    change("live-a");
    String last = "stream-live-a" + ids;
    try (Client back = joined("?service=live-a&types=state-change", "Last-Event-ID", id)) {
      back.awaitLine(last);
      assertThat(back.lines).noneMatch(line -> line.contains("reset") || line.contains("cpuCores"));
    }
    try (Client late = joined("", "Last-Event-ID", "s-9-999999")) {
      late.awaitLine("event: reset");
    }
  }

  @Test
  void moreThanMay_areAskedToComeBack() throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(() -> {
          try (Client one = new Client("");
              Client two = new Client("");
              Client three = new Client("")) {
            assertThat(List.of(one.status, two.status, three.status))
                .containsExactly(200, 200, 503);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "?types=everything, types",
    "?types=, types",
    "'?service=a,,b', service",
    "?service=%20, service"
  })
  void badWishes_areNamed(String query, String field) {
    HttpProbe.Answer answer = service.http().get("/metrics/stream" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
  }

  @Test
  void itIsInTheDocument() {
    assertThat(service.http().get("/v3/api-docs").body())
        .contains(
            "/metrics/stream",
            "/metrics/recommendations/{service}/apply",
            "/metrics/grafana/query",
            "text/csv");
  }

  /** An example that names what no answer has would be a lie. */
  @Test
  void examplesInTheDocument_areThere_andHaveFieldsThatThereAre() {
    JsonNode api = service.http().get("/v3/api-docs").json();
    List<String> without = new ArrayList<>();
    api.get("paths").properties().stream()
        .filter(path -> path.getKey().startsWith("/metrics/"))
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method -> {
                  String name = method.getKey() + " " + path.getKey();
                  JsonNode operation = method.getValue();
                  operation
                      .path("parameters")
                      .forEach(parameter -> {
                        if (!parameter.has("example")) {
                          without.add(name + " " + parameter.get("name").asString());
                        }
                      });
                  operation
                      .at("/requestBody/content")
                      .forEach(body -> check(api, name, body, without));
                  operation.get("responses").properties().stream()
                      .filter(response -> response.getKey().startsWith("2"))
                      .forEach(response ->
                          response.getValue().path("content").properties().stream()
                              .filter(media -> !media.getKey().startsWith("text/"))
                              .forEach(media -> check(api, name, media.getValue(), without)));
                }));
    assertThat(without).isEmpty();
  }

  private static void check(JsonNode api, String name, JsonNode media, List<String> without) {
    if (media.has("example")) {
      checkFields(api, name, media.get("example"), media.get("schema"));
    } else {
      without.add(name);
    }
  }

  private static void checkFields(JsonNode api, String name, JsonNode example, JsonNode schema) {
    JsonNode known =
        schema.has("$ref") ? api.at(schema.get("$ref").asString().substring(1)) : schema;
    example.forEach(item -> {
      if (example.isArray() && known.has("items")) {
        checkFields(api, name, item, known.get("items"));
      }
    });
    example
        .properties()
        .forEach(field -> {
          JsonNode type =
              known.has("properties")
                  ? known.get("properties").path(field.getKey())
                  : known.path("additionalProperties");
          assertThat(type.isMissingNode()).as(name + ": " + field.getKey()).isFalse();
          checkFields(api, name, field.getValue(), type);
        });
  }
}
