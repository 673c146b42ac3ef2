package dev.catnap.cost.reprice;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.CostApp;
import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/**
 * The service as it runs, with one service on the bus that is priced: 1 core and 1 GiB set aside,
 * awake from 10:00 on 15 January on host-a, of team rated.
 */
final class Rated implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(40);

  /** An hour of January of 1 core and 1 GiB set aside, awake, on host-a, of team rated. */
  static final String JANUARY =
      "/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T11:00:00Z&service=rated";

  // A reprice sums up all services there are: those of other tests have no business here.
  private final KafkaServer broker = KafkaServer.privateServer();
  final KafkaProbe kafka;
  final HttpProbe http;
  private final CostApp app;

  Rated() {
    app = new CostApp(broker, "--catnap.kafka.group-prefix=rates.");
    kafka = app.kafka();
    http = app.http();
    kafka.send(
        Topics.SERVICES.name(),
        "rated",
        """
        {"service":"rated","name":"rated","image":"busybox","labels":{"team":"rated"},
         "resources":{"cpu":"1","memory":"1GB"},"source":"api",
         "defined_at":"2026-01-01T00:00:00Z"}
        """);
    kafka.send(
        Topics.STATE_CHANGES.name(),
        "rated",
        json(
            Topics.STATE_CHANGES,
            change(
                "rated",
                RunState.UNKNOWN,
                RunState.RUNNING,
                Instant.parse("2026-01-15T10:00:00Z"),
                null)));
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> http.get(JANUARY).body(), body -> body.contains("\"actual\":0.05"));
  }

  /** As at the start. */
  void reset() {
    JdbcTemplate jdbc = app.jdbc();
    jdbc.execute("DELETE FROM rate_card_version WHERE recorded_by <> 'start'");
    jdbc.execute("DELETE FROM reprice");
  }

  @Override
  public void close() {
    app.close();
    broker.close();
  }

  static String prices(int cpu) {
    return "\"cpuHour\":" + cpu + ",\"memoryGibHour\":0.01,\"storageGibMonth\":0.1}";
  }

  static String january() {
    return "{\"from\":\"2026-01-15T10:00:00Z\",\"to\":\"2026-01-15T11:00:00Z\","
        + "\"reason\":\"new contract\"}";
  }

  long add(String card) {
    HttpProbe.Answer added = http.post("/cost/rates", card);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    return added.json().path("id").asLong();
  }

  JsonNode imported(String query, String file) {
    HttpProbe.Answer answer = http.post("/cost/rates/import" + query, file, "application/yaml");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  void assertRepriced(String cpuHour) {
    assertThat(http.post("/cost/reprices", january()).status()).isEqualTo(201);
    assertThat(cpu()).isEqualByComparingTo(cpuHour);
  }

  BigDecimal cpu() {
    return cpu(JANUARY);
  }

  BigDecimal cpu(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("items").path(0).path("cpu").path("actual").decimalValue();
  }
}
