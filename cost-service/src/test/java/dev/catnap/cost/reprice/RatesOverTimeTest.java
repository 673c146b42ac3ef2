package dev.catnap.cost.reprice;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.json;
import static dev.catnap.cost.Events.moving;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.CostServiceApplication;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.focus.CsvTable;
import dev.catnap.cost.focus.FocusChecker;
import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Rate cards, imports and reprices over HTTP, on what came over the bus. */
class RatesOverTimeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  /** An hour of January of 1 core and 1 GiB set aside, awake, on host-a, of team blue. */
  private static final String JANUARY =
      "/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T11:00:00Z&service=rated";

  private static ConfigurableApplicationContext context;
  private static KafkaProbe kafka;
  private static HttpProbe http;

  @BeforeAll
  static void start() {
    PostgresServer.Database database = PostgresServer.shared().freshDatabase();
    kafka = KafkaServer.shared().probe();
    context =
        new SpringApplication(CostServiceApplication.class)
            .run(
                "--catnap.port=0",
                "--catnap.kafka.bootstrap-servers=" + KafkaServer.shared().bootstrapServers(),
                "--catnap.kafka.gather=20ms",
                "--catnap.kafka.group-prefix=rates.",
                "--catnap.postgres.url=" + database.jdbcUrl(),
                "--catnap.postgres.user=" + database.user(),
                "--catnap.postgres.password=" + database.password());
    http =
        new HttpProbe(
            "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    kafka.send(
        Topics.SERVICES.name(),
        "rated",
        """
        {"service":"rated","name":"rated","image":"busybox","labels":{"team":"blue"},
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

  /** 1 GiB received and 2 sent in half an hour that was measured: 4 an hour, where it is paid. */
  @Test
  void network_is_paid_where_a_card_has_a_price_for_it() {
    Instant half = Instant.parse("2026-01-15T12:30:00Z");
    kafka.send(
        Topics.RESOURCE_SAMPLES.name(),
        "rated",
        json(Topics.RESOURCE_SAMPLES, moving("rated", half, 1_800_000, 1L << 30, 2L << 30)));
    String noon = JANUARY.replace("T11", "T13").replace("T10", "T12");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> http.get(noon).body(), body -> body.contains("\"used\":0.25"));
    assertThat(http.get(noon).json().path("items").path(0).has("networkIn")).isFalse();
    imported(
        "",
        """
        rates:
          - { valid_from: 2026-01-01, cpu_hour: 0.05, memory_gib_hour: 0.01, storage_gib_month: 0.1,
              network_in_gib: 0.01, network_out_gib: 0.09 }
        """);
    String asked = january().replace("T11", "T13").replace("T10", "T12");
    assertThat(http.post("/cost/reprices", asked).status()).isEqualTo(201);
    JsonNode item = http.get(noon).json().path("items").path(0);
    assertThat(item.path("networkIn").path("quantity").decimalValue()).isEqualByComparingTo("2");
    assertThat(item.path("networkOut").path("actual").decimalValue()).isEqualByComparingTo("0.36");
    assertThat(item.path("networkOut").path("saving").decimalValue()).isZero();
    String file = http.get(noon.replace("/metrics/cost", "/cost/focus.csv")).body();
    CsvTable table = CsvTable.parse(file);
    assertThat(new FocusChecker("1.2").check(table.header(), table.rows())).isEmpty();
    assertThat(table.rows()).hasSize(4);
    assertThat(table.rows().getLast())
        .containsEntry("ServiceCategory", "Networking")
        .containsEntry("PricingUnit", "GiB")
        .containsEntry("PricingQuantity", "4")
        .containsEntry("SkuId", "catnap-network-out")
        .containsEntry("ListCost", "0.36");
  }

  /** 2 cores for 0.1 an hour, of which one is used; the hour before 10:00 nobody uses any. */
  @Test
  void reserved_capacity_is_shared_out_and_the_rest_is_unused() {
    imported(
        "",
        """
        rates:
          - { valid_from: 2026-01-01, host: host-a, purchase: reserved, cores: 2, amount_hour: 0.1 }
        """);
    String january = "/cost/reservations?from=2026-01-15T09:00:00Z&to=2026-01-15T11:00:00Z";
    assertThat(http.get(january).json().path("items")).isEmpty();
    assertThat(http.post("/cost/reprices", january().replace("T10", "T09")).status())
        .isEqualTo(201);
    JsonNode item = http.get(january).json().path("items").path(0);
    assertThat(item.path("host").asString()).isEqualTo("host-a");
    assertThat(http.get(JANUARY).json().path("reserved").asString()).contains("/cost/reservations");
    assertThat(item.path("amount").decimalValue()).isEqualByComparingTo("0.2");
    BigDecimal charged = BigDecimal.ZERO;
    for (JsonNode service : item.path("services")) {
      charged = charged.add(service.path("charged").decimalValue());
    }
    assertThat(item.path("services").toString()).contains("\"rated\"");
    assertThat(charged.add(item.path("unused").decimalValue())).isEqualByComparingTo("0.2");
    assertThat(http.get("/cost/reservations?window=500d").body()).contains("at most 400d");
  }

  /** As at the start. */
  @BeforeEach
  void reset() {
    JdbcTemplate jdbc = context.getBean(CostDatabase.class).jdbc();
    jdbc.execute("DELETE FROM rate_card_version WHERE recorded_by <> 'start'");
    jdbc.execute("DELETE FROM reprice");
  }

  @AfterAll
  static void stop() {
    context.close();
    http.close();
    kafka.close();
  }

  @Test
  void past_is_priced_anew_only_when_asked() {
    long id = add("{\"validFrom\":\"2026-01-01T00:00:00Z\",\"label\":\"team=blue\"," + prices(7));
    assertThat(cpu()).isEqualByComparingTo("0.05");
    JsonNode tried = http.post("/cost/reprices?dryRun=true", january()).json();
    assertThat(tried.path("actualDifference").decimalValue()).isEqualByComparingTo("6.95");
    assertThat(http.get("/cost/reprices").json().path("items")).isEmpty();
    assertThat(cpu()).isEqualByComparingTo("0.05");
    HttpProbe.Answer asked = http.post("/cost/reprices", january());
    assertThat(asked.status()).as(asked.body()).isEqualTo(201);
    assertThat(cpu()).isEqualByComparingTo("7");
    // The next hour was not asked for, and what is recorded later does not reach back.
    assertThat(cpu(JANUARY.replace("T11", "T12").replace("T10", "T11")))
        .isEqualByComparingTo("0.05");
    assertThat(http.delete("/cost/rates/" + id).status()).isEqualTo(204);
    assertThat(http.get("/cost/rates/" + id).status()).isEqualTo(404);
    assertThat(cpu()).isEqualByComparingTo("7");
    JsonNode listed = http.get("/cost/reprices").json().path("items").path(0);
    assertThat(listed.path("reason").asString()).isEqualTo("new contract");
    assertThat(listed.path("before").path("currency").asString()).isEqualTo("USD");
    assertThat(listed.path("actualDifference").decimalValue()).isEqualByComparingTo("6.95");
    assertThat(listed.path("baselineDifference").decimalValue()).isEqualByComparingTo("6.95");
  }

  @Test
  void every_version_is_kept() {
    long id = add("{\"validFrom\":\"2031-01-01T00:00:00Z\"," + prices(1));
    String changed = "{\"validFrom\":\"2031-01-01T00:00:00Z\"," + prices(2);
    assertThat(http.put("/cost/rates/" + id, changed).status()).isEqualTo(200);
    assertThat(http.delete("/cost/rates/" + id).status()).isEqualTo(204);
    JsonNode history = http.get("/cost/rates/history?id=" + id).json().path("items");
    assertThat(history).hasSize(3);
    assertThat(history.get(0).path("cpuHour").decimalValue()).isEqualByComparingTo("1");
    assertThat(history.get(1).path("cpuHour").decimalValue()).isEqualByComparingTo("2");
    assertThat(history.get(2).path("removed").asBoolean()).isTrue();
    assertThat(history.get(0).path("recordedBy").asString()).isEqualTo("api");
    JsonNode first = http.get("/cost/rates/history").json().path("items").get(0);
    assertThat(first.path("recordedBy").asString()).isEqualTo("start");
    assertThat(http.delete("/cost/rates/" + first.path("id").asLong()).body())
        .contains("must leave a card without end");
  }

  @Test
  void label_goes_before_host_before_default() {
    add("{\"validFrom\":\"2026-01-02T00:00:00Z\"," + prices(2));
    add("{\"validFrom\":\"2026-01-02T00:00:00Z\",\"host\":\"host-b\"," + prices(9));
    assertRepriced("2");
    add("{\"validFrom\":\"2026-01-02T00:00:00Z\",\"host\":\"host-a\"," + prices(3));
    assertRepriced("3");
    add(
        "{\"validFrom\":\"2026-01-02T00:00:00Z\",\"label\":\"team=blue\","
            + "\"purchase\":\"spot\","
            + prices(4));
    assertRepriced("4");
    JsonNode rates = http.get(JANUARY).json().path("rates");
    assertThat(rates).hasSize(4);
    assertThat(rates.toString()).contains("\"spot\"").contains("host-b").contains("team=blue");
  }

  @Test
  void sum_over_a_change_of_currency_is_refused_until_it_is_repriced() {
    String euros = prices(2).replace("}", ",\"currency\":\"EUR\"}");
    JsonNode first = http.get("/cost/rates").json().path("items").get(0);
    String place = "/cost/rates/" + first.path("id").asLong();
    HttpProbe.Answer replaced = http.put(place, "{\"validFrom\":\"1970-01-01T00:00:00Z\"," + euros);
    assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
    HttpProbe.Answer both = http.get("/metrics/cost?from=2026-01-15T10:00:00Z&service=rated");
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.body()).contains("\"from\"").contains("from USD to EUR");
    assertThat(http.get(JANUARY).json().path("currency").asString()).isEqualTo("USD");
    http.post("/cost/reprices", january());
    assertThat(http.get(JANUARY).json().path("currency").asString()).isEqualTo("EUR");
    JsonNode listed = http.get("/cost/reprices").json().path("items").path(0);
    assertThat(listed.path("after").path("currency").asString()).isEqualTo("EUR");
    assertThat(listed.has("actualDifference")).isFalse();
  }

  @Test
  void file_is_imported_whole_or_not_at_all() {
    String file =
        """
        rates:
          - { valid_from: 1970-01-01, cpu_hour: 0.050, memory_gib_hour: 0.01, storage_gib_month: 0.1 }
          - { valid_from: 2026-01-10, cpu_hour: 2, memory_gib_hour: 0.01, storage_gib_month: 0.1 }
          - { valid_from: 2026-01-01, host: host-a, purchase: reserved, cores: 2, amount_hour: 0.1 }
        """;
    JsonNode tried = imported("?dryRun=true", file);
    assertThat(tried.path("added").asInt()).isEqualTo(2);
    assertThat(tried.path("unchanged").asInt()).isEqualTo(1);
    assertThat(tried.path("entries").get(1).path("action").asString()).isEqualTo("added");
    assertThat(http.get("/cost/rates").json().path("items")).hasSize(1);
    HttpProbe.Answer bad =
        http.post(
            "/cost/rates/import",
            file
                + "  - { valid_from: 2026-01-10, cpu_hour: 3, memory_gib_hour: 0.01,\n"
                + "      storage_gib_month: 0.1 }\n",
            "application/yaml");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().path("field").asString()).isEqualTo("rates[3].valid_from");
    assertThat(bad.json().path("rule").asString()).contains("rates[1]");
    assertThat(http.get("/cost/rates").json().path("items")).hasSize(1);
    JsonNode done = imported("", file);
    long id = done.path("entries").get(1).path("after").path("id").asLong();
    assertThat(http.get("/cost/rates").json().path("items")).hasSize(3);
    JsonNode again = imported("", file.replace("cpu_hour: 2", "cpu_hour: 3"));
    assertThat(again.path("unchanged").asInt()).isEqualTo(2);
    assertThat(again.path("changed").asInt()).isEqualTo(1);
    JsonNode changed = again.path("entries").get(1);
    assertThat(changed.path("before").path("cpuHour").decimalValue()).isEqualByComparingTo("2");
    assertThat(changed.path("after").path("cpuHour").decimalValue()).isEqualByComparingTo("3");
    JsonNode history = http.get("/cost/rates/history?id=" + id).json().path("items");
    assertThat(history).hasSize(2);
    assertThat(history.get(1).path("recordedBy").asString()).isEqualTo("import");
    assertThat(cpu()).isEqualByComparingTo("0.05");
    assertRepriced("3");
  }

  private static JsonNode imported(String query, String file) {
    HttpProbe.Answer answer = http.post("/cost/rates/import" + query, file, "application/yaml");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void every_bad_entry_of_a_file_is_named() {
    HttpProbe.Answer bad =
        http.post("/cost/rates/import", "rates: [{}, {colour: red}]", "application/yaml");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().path("errors")).hasSize(2);
    assertThat(bad.json().path("errors").get(1).path("field").asString())
        .isEqualTo("rates[1].colour");
    assertThat(bad.json().path("errors").get(1).path("value").asString()).isEqualTo("red");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|from|must be given",
        "{\"from\":\"2026-01-01T00:00:00Z\"}|to|must be given",
        "{\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\"}|reason|must not be empty",
        "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"reason\":\"x\"}|to|after from",
        "{\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2999-01-02T00:00:00Z\",\"reason\":\"x\"}|to|future",
        "{\"from\":\"1066-01-02T00:00:00Z\",\"to\":\"2026-01-02T00:00:00Z\",\"reason\":\"x\"}|from|1970"
      })
  void bad_reprice_is_refused(String body, String field, String rule) {
    HttpProbe.Answer answer = http.post("/cost/reprices", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + field + "\"").contains(rule);
  }

  private static String prices(int cpu) {
    return "\"cpuHour\":" + cpu + ",\"memoryGibHour\":0.01,\"storageGibMonth\":0.1}";
  }

  private static String january() {
    return "{\"from\":\"2026-01-15T10:00:00Z\",\"to\":\"2026-01-15T11:00:00Z\","
        + "\"reason\":\"new contract\"}";
  }

  private static long add(String card) {
    HttpProbe.Answer added = http.post("/cost/rates", card);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    return added.json().path("id").asLong();
  }

  private static void assertRepriced(String cpuHour) {
    assertThat(http.post("/cost/reprices", january()).status()).isEqualTo(201);
    assertThat(cpu()).isEqualByComparingTo(cpuHour);
  }

  private static BigDecimal cpu() {
    return cpu(JANUARY);
  }

  private static BigDecimal cpu(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("items").path(0).path("cpu").path("actual").decimalValue();
  }
}
