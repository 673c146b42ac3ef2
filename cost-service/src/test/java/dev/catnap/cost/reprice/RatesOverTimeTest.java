package dev.catnap.cost.reprice;

import static dev.catnap.cost.reprice.Rated.JANUARY;
import static dev.catnap.cost.reprice.Rated.january;
import static dev.catnap.cost.reprice.Rated.prices;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Cards and reprices over HTTP, on what came over the bus. */
class RatesOverTimeTest {
  private static Rated rated;

  @BeforeAll
  static void start() {
    rated = new Rated();
  }

  @BeforeEach
  void reset() {
    rated.reset();
  }

  @AfterAll
  static void stop() {
    rated.close();
  }

  @Test
  void past_is_priced_anew_only_when_asked() {
    long id =
        rated.add("{\"validFrom\":\"2026-01-01T00:00:00Z\",\"label\":\"team=rated\"," + prices(7));
    assertThat(rated.cpu()).isEqualByComparingTo("0.05");
    JsonNode tried = rated.http.post("/cost/reprices?dryRun=true", january()).json();
    assertThat(tried.path("actualDifference").decimalValue()).isEqualByComparingTo("6.95");
    assertThat(rated.http.get("/cost/reprices").json().path("items")).isEmpty();
    assertThat(rated.cpu()).isEqualByComparingTo("0.05");
    HttpProbe.Answer asked = rated.http.post("/cost/reprices", january());
    assertThat(asked.status()).as(asked.body()).isEqualTo(201);
    assertThat(rated.cpu()).isEqualByComparingTo("7");
    // The next hour was not asked for, and what is recorded later does not reach back.
    assertThat(rated.cpu(JANUARY.replace("T11", "T12").replace("T10", "T11")))
        .isEqualByComparingTo("0.05");
    assertThat(rated.http.delete("/cost/rates/" + id).status()).isEqualTo(204);
    assertThat(rated.http.get("/cost/rates/" + id).status()).isEqualTo(404);
    assertThat(rated.cpu()).isEqualByComparingTo("7");
    JsonNode listed = rated.http.get("/cost/reprices").json().path("items").path(0);
    assertThat(listed.path("reason").asString()).isEqualTo("new contract");
    assertThat(listed.path("before").path("currency").asString()).isEqualTo("USD");
    assertThat(listed.path("actualDifference").decimalValue()).isEqualByComparingTo("6.95");
    assertThat(listed.path("baselineDifference").decimalValue()).isEqualByComparingTo("6.95");
  }

  @Test
  void every_version_is_kept() {
    long id = rated.add("{\"validFrom\":\"2031-01-01T00:00:00Z\"," + prices(1));
    String changed = "{\"validFrom\":\"2031-01-01T00:00:00Z\"," + prices(2);
    assertThat(rated.http.put("/cost/rates/" + id, changed).status()).isEqualTo(200);
    assertThat(rated.http.delete("/cost/rates/" + id).status()).isEqualTo(204);
    JsonNode history = rated.http.get("/cost/rates/history?id=" + id).json().path("items");
    assertThat(history).hasSize(3);
    assertThat(history.get(0).path("cpuHour").decimalValue()).isEqualByComparingTo("1");
    assertThat(history.get(1).path("cpuHour").decimalValue()).isEqualByComparingTo("2");
    assertThat(history.get(2).path("removed").asBoolean()).isTrue();
    assertThat(history.get(0).path("recordedBy").asString()).isEqualTo("api");
    JsonNode first = rated.http.get("/cost/rates/history").json().path("items").get(0);
    assertThat(first.path("recordedBy").asString()).isEqualTo("start");
    assertThat(rated.http.delete("/cost/rates/" + first.path("id").asLong()).body())
        .contains("must leave a card without end");
  }

  @Test
  void of_many_that_record_the_same_card_at_once_one_does() throws Exception {
    String card = "{\"validFrom\":\"2032-01-01T00:00:00Z\"," + prices(1);
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> asked = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        asked.add(threads.submit(() -> rated.http.post("/cost/rates", card).status()));
      }
      for (Future<Integer> one : asked) {
        answers.add(one.get(40, TimeUnit.SECONDS));
      }
    }
    assertThat(answers).containsOnlyOnce(201).containsOnly(201, 400);
  }

  @Test
  void label_goes_before_host_before_default() {
    rated.add("{\"validFrom\":\"2026-01-02T00:00:00Z\"," + prices(2));
    rated.add("{\"validFrom\":\"2026-01-02T00:00:00Z\",\"host\":\"host-b\"," + prices(9));
    rated.assertRepriced("2");
    rated.add("{\"validFrom\":\"2026-01-02T00:00:00Z\",\"host\":\"host-a\"," + prices(3));
    rated.assertRepriced("3");
    rated.add(
        "{\"validFrom\":\"2026-01-02T00:00:00Z\",\"label\":\"team=rated\","
            + "\"purchase\":\"spot\","
            + prices(4));
    rated.assertRepriced("4");
    JsonNode rates = rated.http.get(JANUARY).json().path("rates");
    assertThat(rates).hasSize(4);
    assertThat(rates.toString()).contains("\"spot\"").contains("host-b").contains("team=rated");
  }

  @Test
  void sum_over_a_change_of_currency_is_refused_until_it_is_repriced() {
    String euros = prices(2).replace("}", ",\"currency\":\"EUR\"}");
    JsonNode first = rated.http.get("/cost/rates").json().path("items").get(0);
    String place = "/cost/rates/" + first.path("id").asLong();
    HttpProbe.Answer replaced =
        rated.http.put(place, "{\"validFrom\":\"1970-01-01T00:00:00Z\"," + euros);
    assertThat(replaced.status()).as(replaced.body()).isEqualTo(200);
    HttpProbe.Answer both = rated.http.get("/metrics/cost?from=2026-01-15T10:00:00Z&service=rated");
    assertThat(both.status()).isEqualTo(400);
    assertThat(both.body()).contains("\"from\"").contains("from USD to EUR");
    assertThat(rated.http.get(JANUARY).json().path("currency").asString()).isEqualTo("USD");
    rated.http.post("/cost/reprices", january());
    assertThat(rated.http.get(JANUARY).json().path("currency").asString()).isEqualTo("EUR");
    JsonNode listed = rated.http.get("/cost/reprices").json().path("items").path(0);
    assertThat(listed.path("after").path("currency").asString()).isEqualTo("EUR");
    assertThat(listed.has("actualDifference")).isFalse();
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
    HttpProbe.Answer answer = rated.http.post("/cost/reprices", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.body()).contains("\"" + field + "\"").contains(rule);
  }
}
