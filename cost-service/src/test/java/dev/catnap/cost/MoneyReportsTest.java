package dev.catnap.cost;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.json;
import static dev.catnap.cost.Events.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.focus.CsvTable;
import dev.catnap.cost.focus.FocusChecker;
import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is made of charges, over HTTP, from events on the bus: one service, two days of January. */
class MoneyReportsTest {
  private static final Instant TEN = Instant.parse("2026-01-15T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final long MIB = 1L << 20;
  private static final String JANUARY = "from=2026-01-15T10:00:00Z&to=2026-01-16T12:00:00Z";

  private static CostApp app;
  private static KafkaProbe kafka;
  private static HttpProbe http;
  private static String address;

  @BeforeAll
  static void start() {
    app =
        new CostApp(
            KafkaServer.shared(),
            "--catnap.kafka.group-prefix=reports.",
            "--catnap.cost-service.budget-interval=1s");
    kafka = app.kafka();
    http = app.http();
    address = app.address();
    tell();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /** Awake from 10:00, asleep at 10:30, waking at 11:00 for 6 s, stopped from 12:00 next day on. */
  private static void tell() {
    send(RunState.UNKNOWN, RunState.RUNNING, TEN, null);
    for (int minute = 1; minute <= 30; minute++) {
      kafka.send(
          Topics.RESOURCE_SAMPLES.name(),
          "paid",
          json(
              Topics.RESOURCE_SAMPLES,
              sample("paid", TEN.plusSeconds(minute * 60L), 60_000, 0.25, 256 * MIB)));
    }
    send(RunState.RUNNING, RunState.SLEEPING, TEN.plusSeconds(1800), 128 * MIB);
    send(RunState.SLEEPING, RunState.WAKING, TEN.plusSeconds(3600), null);
    send(RunState.WAKING, RunState.RUNNING, TEN.plusSeconds(3606), null);
    send(RunState.RUNNING, RunState.STOPPED, TEN.plusSeconds(26 * 3600), null);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> http.get("/metrics/cost?service=paid&" + JANUARY),
            answer ->
                answer.status() == 200
                    && answer.json().path("items").path(0).path("cpu").path("reserved").asDouble(0)
                        > 12
                    && answer.body().contains("\"sleeping\":0.5"));
  }

  private static void send(RunState from, RunState to, Instant at, Long resident) {
    kafka.send(
        Topics.STATE_CHANGES.name(),
        "paid",
        json(Topics.STATE_CHANGES, change("paid", from, to, at, resident)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.2", "1.4"})
  void focus_file_keeps_every_rule_of_its_version(String version) {
    HttpProbe.Answer answer =
        http.get("/cost/focus.csv?service=paid&" + JANUARY + "&version=" + version);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("text/csv");
    CsvTable table = CsvTable.parse(answer.body());
    assertThat(new FocusChecker(version).check(table.header(), table.rows())).isEmpty();
    assertThat(table.header()).endsWith("x_Group", "x_Host", "x_Service");
    // CPU and memory on two days.
    assertThat(table.rows()).hasSize(4);
    assertThat(table.rows().getFirst())
        .containsEntry("PricingUnit", "Core-Hours")
        .containsEntry("ChargePeriodStart", "2026-01-15T10:00:00Z")
        .containsEntry("ChargePeriodEnd", "2026-01-16T00:00:00Z")
        .containsEntry("BillingPeriodEnd", "2026-02-01T00:00:00Z")
        .containsEntry("ServiceCategory", "Compute")
        // 0.5 core for 13.5 h, at 0.05.
        .containsEntry("PricingQuantity", "6.75")
        .containsEntry("ListCost", "0.3375");
    assertThat(billed(table.rows()).setScale(6, RoundingMode.HALF_EVEN))
        .isEqualByComparingTo(
            get("/metrics/cost?service=paid&" + JANUARY)
                .path("total")
                .path("actual")
                .decimalValue());
  }

  @Test
  void parquet_file_says_the_same_to_a_reader_by_others() throws Exception {
    String query = "service=paid&" + JANUARY + "&version=1.4";
    CsvTable table = CsvTable.parse(http.get("/cost/focus.csv?" + query).body());
    byte[] file = bytes("/cost/focus.parquet?" + query);
    int row = 0;
    try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(ByteBuffer.wrap(file)));
        RowReader rows = reader.rowReader()) {
      while (rows.hasNext()) {
        rows.next();
        Map<String, String> line = table.rows().get(row++);
        assertThat(rows.getDecimal("ListCost")).isEqualByComparingTo(line.get("ListCost"));
        assertThat(rows.getDecimal("PricingQuantity"))
            .isEqualByComparingTo(line.get("PricingQuantity"));
        assertThat(rows.getTimestamp("ChargePeriodStart"))
            .isEqualTo(Instant.parse(line.get("ChargePeriodStart")));
        assertThat(rows.getString("ServiceProviderName")).isEqualTo("Catnap");
        assertThat(rows.getString("x_Service")).isEqualTo("paid");
        assertThat(rows.isNull("ChargeClass")).isTrue();
        assertThat(rows.isNull("Tags")).isTrue();
      }
    }
    assertThat(row).isEqualTo(table.rows().size());
  }

  @Test
  void worked_example_figure_by_figure() {
    String given = "/cost/roi?investment=10000&baselineMonthly=1300&actualMonthly=820";
    JsonNode three = get(given + "&discountRate=0.08&years=3");
    figure(three, "monthlySaving", 0, "480");
    figure(three, "savingPercent", 1, "36.9");
    figure(three, "annualSaving", 0, "5760");
    figure(three, "paybackMonths", 1, "20.8");
    figure(three, "roiPercent", 1, "72.8");
    figure(three, "npv", 0, "4844");
    figure(three, "irrPercent", 1, "33.3");
    JsonNode five = get(given + "&discountRate=0.08&years=5");
    figure(five, "roiPercent", 0, "188");
    figure(five, "npv", 0, "12998");
    figure(five, "irrPercent", 1, "50.0");
    JsonNode never = get("/cost/roi?investment=1&baselineMonthly=1&actualMonthly=1");
    assertThat(never.path("reason").asString()).contains("never paid back");
    assertThat(never.path("paybackMonths").isNull() || never.path("paybackMonths").isMissingNode())
        .isTrue();
  }

  @Test
  void roi_as_measured_says_what_a_wake_costs_and_when_a_sleep_is_worth_it() {
    JsonNode services = get("/cost/roi?investment=10&window=3660d").path("services");
    JsonNode paid = named(services, "service");
    assertThat(paid.path("wakes").asInt()).isEqualTo(1);
    // 6 s of half a core and half a GiB: (0.025 + 0.005) an hour.
    figure(paid, "costPerWake", 8, "0.00005000");
    assertThat(paid.path("breakEven").asString()).isEqualTo("FINITE");
    assertThat(paid.path("breakEvenSeconds").decimalValue()).isPositive();
  }

  @Test
  void month_is_reported_to_people() {
    HttpProbe.Answer page = http.get("/cost/report?month=2026-01");
    assertThat(page.status()).as(page.body()).isEqualTo(200);
    assertThat(page.body())
        .contains("<html lang=\"en\">")
        .contains("<th scope=\"row\">paid</th>")
        .contains("January 2026")
        .contains("<caption>")
        .doesNotContain("{{")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("<script");
    HttpProbe.Answer file = http.get("/cost/report?month=2026-01&format=csv");
    CsvTable table = CsvTable.parse(file.body());
    BigDecimal sum = BigDecimal.ZERO;
    for (Map<String, String> row : table.rows().subList(0, table.rows().size() - 1)) {
      sum = sum.add(new BigDecimal(row.get("actual")));
    }
    assertThat(table.rows().stream().map(row -> row.get("service"))).contains("paid");
    assertThat(table.rows().getLast()).containsEntry("service", "(total)");
    assertThat(sum).isEqualByComparingTo(table.rows().getLast().get("actual"));
  }

  @Test
  void spend_that_began_is_infinite_and_spend_that_ended_is_down() {
    JsonNode began =
        get("/cost/anomalies?from=2026-01-15T10:00:00Z&to=2026-01-15T12:00:00Z&baseline=1d");
    JsonNode paid = named(began.path("items"), "name");
    assertThat(paid.path("change").asString()).isEqualTo("INFINITE");
    assertThat(paid.path("anomaly").asBoolean()).isTrue();
    JsonNode ended =
        get("/cost/anomalies?from=2026-01-16T12:00:00Z&to=2026-01-16T14:00:00Z&baseline=2h");
    assertThat(named(ended.path("items"), "name").path("direction").asString()).isEqualTo("DOWN");
    figure(named(ended.path("items"), "name"), "changePercent", 0, "-100");
  }

  @Test
  void forecast_of_a_stopped_service_is_nothing_and_says_how_good_it_was() {
    JsonNode forecast = get("/cost/forecast?days=7&historyDays=30&service=paid");
    figure(forecast.path("total"), "expected", 6, "0");
    assertThat(forecast.path("historyDays").asInt()).isEqualTo(30);
    assertThat(forecast.path("backTest").path("origins").asInt()).isEqualTo(17);
    assertThat(forecast.path("perDay")).hasSize(7);
  }

  /** The receiver refuses the first two; each alert arrives there once, and once on the topic. */
  @Test
  void budget_tells_each_threshold_once_on_both_ways() throws Exception {
    Instant long_ago = Instant.now().minus(Duration.ofDays(33));
    kafka.send(
        Topics.RESOURCE_SAMPLES.name(),
        "spender",
        json(
            Topics.RESOURCE_SAMPLES,
            sample("spender", long_ago.plusSeconds(120), 60_000, 0.25, 256 * MIB)));
    kafka.send(
        Topics.STATE_CHANGES.name(),
        "spender",
        json(
            Topics.STATE_CHANGES,
            change("spender", RunState.UNKNOWN, RunState.RUNNING, long_ago, null)));
    try (Receiver receiver = new Receiver(2)) {
      String budget =
          "{\"amount\":0.000002,\"period\":\"monthly\",\"scope\":\"service\","
              + "\"scopeValue\":\"spender\",\"thresholds\":[50,100],\"webhook\":\""
              + receiver.address()
              + "\"}";
      assertThat(http.put("/cost/budgets/tight", budget).status()).isEqualTo(201);
      Awaitility.await()
          .atMost(PATIENCE)
          .until(
              () -> get("/cost/budgets/tight").path("state").path("reached"),
              reached -> reached.size() == 2);
      Awaitility.await().atMost(PATIENCE).until(() -> receiver.taken().size() >= 2);
      assertThat(http.put("/cost/budgets/tight", budget).status()).isEqualTo(200);
      // Raised by a later look: whatever an earlier one would have told twice is there by then.
      assertThat(http.put("/cost/budgets/later", budget).status()).isEqualTo(201);
      Awaitility.await().atMost(PATIENCE).until(() -> receiver.taken().size() >= 4);
      assertThat(receiver.taken()).hasSize(4).doesNotHaveDuplicates();
      assertThat(receiver.refused()).isEqualTo(2);
    }
    List<KafkaProbe.Message> alerts = kafka.awaitCount("catnap.budget-alerts", 4, PATIENCE);
    assertThat(alerts).hasSize(4);
    JsonNode state = get("/cost/budgets/tight");
    assertThat(state.path("state").path("spent").decimalValue()).isPositive();
    assertThat(state.path("state").path("reached")).hasSize(2);
    assertThat(state.path("thresholds").toString()).isEqualTo("[50,100]");
    assertThat(alerts).noneMatch(alert -> alert.value().contains("E+"));
    assertThat(get("/cost/budgets").path("items")).hasSize(2);
    assertThat(http.delete("/cost/budgets/later").status()).isEqualTo(204);
    assertThat(http.get("/cost/budgets/later").status()).isEqualTo(404);
    assertThat(http.delete("/cost/budgets/later").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|amount|must be given",
        "{\"amount\":0}|amount|must be more than 0",
        "{\"amount\":1,\"period\":\"daily\"}|period|weekly or monthly",
        "{\"amount\":1,\"scope\":\"label\",\"scopeValue\":\"team\"}|scopeValue|NAME=VALUE",
        "{\"amount\":1,\"scope\":\"service\"}|scopeValue|must not be empty",
        "{\"amount\":1,\"thresholds\":[]}|thresholds|1 to 10",
        "{\"amount\":1,\"thresholds\":[-5]}|thresholds|must be a number",
        "{\"amount\":1,\"webhook\":\"ftp://x\"}|webhook|http or https"
      })
  void bad_budget_is_refused_with_field_and_rule(String body, String field, String rule) {
    HttpProbe.Answer answer = http.put("/cost/budgets/bad", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + field + "\"").contains(rule);
    assertThat(http.get("/cost/budgets/bad").status()).isEqualTo(404);
  }

  /** Five minutes of half a core and 0.375 GiB that sleeping frees; 0.125 GiB for half an hour. */
  @Test
  void savings_not_taken_are_ranked() {
    JsonNode items =
        get("/cost/savings-not-taken?service=paid&idleShorterBy=5m&" + JANUARY).path("items");
    assertThat(items).hasSize(2);
    assertThat(items.get(0).path("change").asString()).isEqualTo("SHORTER_IDLE_TIMEOUT");
    figure(items.get(0), "saving", 6, "0.002396");
    assertThat(items.get(1).path("change").asString()).isEqualTo("STOP_INSTEAD_OF_PAUSE");
    figure(items.get(1), "saving", 6, "0.000625");
    assertThat(items.get(0).path("assumption").asString()).contains("not counted");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/cost/focus.csv?version=1.3 version 1.3",
        "/cost/focus.csv?month=soon month soon",
        "/cost/focus.parquet?month=2999-01 month 2999-01",
        "/cost/focus.csv?month=2026-01&from=2026-01-01T00:00:00Z month 2026-01",
        "/cost/forecast?days=0 days 0",
        "/cost/forecast?level=1 level 1",
        "/cost/forecast?service=- service -",
        "/cost/anomalies?minPercent=-1 minPercent -1",
        "/cost/anomalies?baseline=0s baseline PT0S",
        "/cost/anomalies?aggregate=moon aggregate moon",
        "/cost/report?month=2026-13 month 2026-13",
        "/cost/report?format=pdf format pdf",
        "/cost/savings-not-taken?idleShorterBy=2d idleShorterBy PT48H",
        "/cost/roi?investment=0 investment 0"
      })
  void bad_query_is_refused_with_field_and_value(String path, String field, String value) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("\"" + field + "\"").contains(value);
  }

  private static byte[] bytes(String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<byte[]> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address + path)).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    }
  }

  private static BigDecimal billed(List<Map<String, String>> rows) {
    return rows.stream()
        .map(row -> new BigDecimal(row.get("BilledCost")))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The broker is shared: other tests' services are there as well. */
  private static JsonNode named(JsonNode items, String field) {
    for (JsonNode item : items) {
      if (item.path(field).asString().equals("paid")) {
        return item;
      }
    }
    throw new AssertionError("not there: " + items);
  }

  private static JsonNode get(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void figure(JsonNode answer, String name, int decimals, String expected) {
    assertThat(answer.path(name).decimalValue().setScale(decimals, RoundingMode.HALF_UP))
        .as(name)
        .isEqualByComparingTo(expected);
  }
}
