package dev.catnap.cost.reprice;

import static dev.catnap.cost.Events.json;
import static dev.catnap.cost.Events.moving;
import static dev.catnap.cost.reprice.Rated.JANUARY;
import static dev.catnap.cost.reprice.Rated.PATIENCE;
import static dev.catnap.cost.reprice.Rated.january;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.focus.CsvTable;
import dev.catnap.cost.focus.FocusChecker;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import java.math.BigDecimal;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Files of rate cards over HTTP, and what is paid for by them. */
class RatesImportTest {
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
  void file_is_imported_whole_or_not_at_all() {
    String file =
        """
        rates:
          - { valid_from: 1970-01-01, cpu_hour: 0.050, memory_gib_hour: 0.01, storage_gib_month: 0.1 }
          - { valid_from: 2026-01-10, cpu_hour: 2, memory_gib_hour: 0.01, storage_gib_month: 0.1 }
          - { valid_from: 2026-01-01, host: host-a, purchase: reserved, cores: 2, amount_hour: 0.1 }
        """;
    JsonNode tried = rated.imported("?dryRun=true", file);
    assertThat(tried.path("added").asInt()).isEqualTo(2);
    assertThat(tried.path("unchanged").asInt()).isEqualTo(1);
    assertThat(tried.path("entries").get(1).path("action").asString()).isEqualTo("added");
    assertThat(rated.http.get("/cost/rates").json().path("items")).hasSize(1);
    HttpProbe.Answer bad =
        rated.http.post(
            "/cost/rates/import",
            file
                + "  - { valid_from: 2026-01-10, cpu_hour: 3, memory_gib_hour: 0.01,\n"
                + "      storage_gib_month: 0.1 }\n",
            "application/yaml");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().path("field").asString()).isEqualTo("rates[3].valid_from");
    assertThat(bad.json().path("rule").asString()).contains("rates[1]");
    assertThat(rated.http.get("/cost/rates").json().path("items")).hasSize(1);
    JsonNode done = rated.imported("", file);
    long id = done.path("entries").get(1).path("after").path("id").asLong();
    assertThat(rated.http.get("/cost/rates").json().path("items")).hasSize(3);
    JsonNode again = rated.imported("", file.replace("cpu_hour: 2", "cpu_hour: 3"));
    assertThat(again.path("unchanged").asInt()).isEqualTo(2);
    assertThat(again.path("changed").asInt()).isEqualTo(1);
    JsonNode changed = again.path("entries").get(1);
    assertThat(changed.path("before").path("cpuHour").decimalValue()).isEqualByComparingTo("2");
    assertThat(changed.path("after").path("cpuHour").decimalValue()).isEqualByComparingTo("3");
    JsonNode history = rated.http.get("/cost/rates/history?id=" + id).json().path("items");
    assertThat(history).hasSize(2);
    assertThat(history.get(1).path("recordedBy").asString()).isEqualTo("import");
    assertThat(rated.cpu()).isEqualByComparingTo("0.05");
    rated.assertRepriced("3");
  }

  @Test
  void every_bad_entry_of_a_file_is_named() {
    HttpProbe.Answer bad =
        rated.http.post("/cost/rates/import", "rates: [{}, {colour: red}]", "application/yaml");
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.json().path("errors")).hasSize(2);
    assertThat(bad.json().path("errors").get(1).path("field").asString())
        .isEqualTo("rates[1].colour");
    assertThat(bad.json().path("errors").get(1).path("value").asString()).isEqualTo("red");
  }

  /** 1 GiB received and 2 sent in half an hour that was measured: 4 an hour, where it is paid. */
  @Test
  void network_is_paid_where_a_card_has_a_price_for_it() {
    Instant half = Instant.parse("2026-01-15T12:30:00Z");
    rated.kafka.send(
        Topics.RESOURCE_SAMPLES.name(),
        "rated",
        json(Topics.RESOURCE_SAMPLES, moving("rated", half, 1_800_000, 1L << 30, 2L << 30)));
    String noon = JANUARY.replace("T11", "T13").replace("T10", "T12");
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> rated.http.get(noon).body(), body -> body.contains("\"used\":0.25"));
    assertThat(rated.http.get(noon).json().path("items").path(0).has("networkIn")).isFalse();
    rated.imported(
        "",
        """
        rates:
          - { valid_from: 2026-01-01, cpu_hour: 0.05, memory_gib_hour: 0.01, storage_gib_month: 0.1,
              network_in_gib: 0.01, network_out_gib: 0.09 }
        """);
    String asked = january().replace("T11", "T13").replace("T10", "T12");
    assertThat(rated.http.post("/cost/reprices", asked).status()).isEqualTo(201);
    JsonNode item = rated.http.get(noon).json().path("items").path(0);
    assertThat(item.path("networkIn").path("quantity").decimalValue()).isEqualByComparingTo("2");
    assertThat(item.path("networkOut").path("actual").decimalValue()).isEqualByComparingTo("0.36");
    assertThat(item.path("networkOut").path("saving").decimalValue()).isZero();
    String file = rated.http.get(noon.replace("/metrics/cost", "/cost/focus.csv")).body();
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
    rated.imported(
        "",
        """
        rates:
          - { valid_from: 2026-01-01, host: host-a, purchase: reserved, cores: 2, amount_hour: 0.1 }
        """);
    String january = "/cost/reservations?from=2026-01-15T09:00:00Z&to=2026-01-15T11:00:00Z";
    assertThat(rated.http.get(january).json().path("items")).isEmpty();
    assertThat(rated.http.post("/cost/reprices", january().replace("T10", "T09")).status())
        .isEqualTo(201);
    JsonNode item = rated.http.get(january).json().path("items").path(0);
    assertThat(item.path("host").asString()).isEqualTo("host-a");
    assertParts(rated.http.get(january.replace("/cost/reservations", "/metrics/cost")).json());
    assertFile("1.2", january.replace("/cost/reservations", "/cost/focus.csv"));
    assertFile("1.4", january.replace("/cost/reservations", "/cost/focus.csv") + "&version=1.4");
    assertReport();
    assertThat(item.path("amount").decimalValue()).isEqualByComparingTo("0.2");
    BigDecimal charged = BigDecimal.ZERO;
    for (JsonNode service : item.path("services")) {
      charged = charged.add(service.path("charged").decimalValue());
    }
    assertThat(item.path("services").toString()).contains("\"rated\"");
    assertThat(charged.add(item.path("unused").decimalValue())).isEqualByComparingTo("0.2");
    assertThat(rated.http.get("/cost/reservations?window=500d").body()).contains("at most 400d");
  }

  /** 1 core and 1 GiB at the cards: 0.06. The core is covered, of 4 core-hours reserved. */
  private static void assertParts(JsonNode answer) {
    JsonNode reserved = answer.path("reserved");
    money(answer.path("total"), "actual", "0.06");
    money(reserved, "covered", "0.05");
    money(reserved, "charged", "0.05");
    money(reserved, "unused", "0.15");
    money(reserved, "paid", "0.21");
    money(reserved, "baseline", "0.21");
    money(reserved, "savingBeforeSuite", "0");
    JsonNode item = answer.path("items").path(0).path("reserved");
    money(item, "covered", "0.05");
    money(item, "charged", "0.05");
    money(item, "paid", "0.06");
    JsonNode alone =
        rated.http.get(JANUARY.replace("service=rated", "service=other&service=rated")).json();
    assertThat(alone.path("reserved").has("unused")).isFalse();
    money(alone.path("reserved"), "paid", "0.06");
  }

  private static void assertFile(String version, String path) {
    CsvTable table = CsvTable.parse(rated.http.get(path).body());
    assertThat(new FocusChecker(version).check(table.header(), table.rows())).isEmpty();
    assertThat(table.rows())
        .extracting(row -> row.get("ChargeCategory") + " " + row.get("CommitmentDiscountStatus"))
        .containsExactlyInAnyOrder("Purchase null", "Usage Unused", "Usage Used", "Usage null");
    for (var row : table.rows()) {
      if ("Purchase".equals(row.get("ChargeCategory"))) {
        assertThat(row)
            .containsEntry("BilledCost", "0.2")
            .containsEntry("EffectiveCost", "0")
            .containsEntry("ListCost", "0.2")
            .containsEntry("CommitmentDiscountQuantity", "4")
            .containsEntry("CommitmentDiscountName", "2 cores for host-a")
            .containsEntry("PricingCategory", "Standard");
      } else if ("Unused".equals(row.get("CommitmentDiscountStatus"))) {
        assertThat(row)
            .containsEntry("BilledCost", "0")
            .containsEntry("EffectiveCost", "0.15")
            .containsEntry("PricingQuantity", "3");
      }
    }
  }

  private static void assertReport() {
    String page = rated.http.get("/cost/report?month=2026-01").body();
    assertThat(page).contains("Reserved capacity").doesNotContain("{{");
    CsvTable table = CsvTable.parse(rated.http.get("/cost/report?month=2026-01&format=csv").body());
    BigDecimal paid = BigDecimal.ZERO;
    for (var row : table.rows().subList(0, table.rows().size() - 1)) {
      paid = paid.add(new BigDecimal(row.get("paid")));
    }
    assertThat(table.rows()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(paid).isEqualByComparingTo(table.rows().getLast().get("paid"));
  }

  private static void money(JsonNode figures, String name, String expected) {
    assertThat(figures.path(name).decimalValue()).as(name).isEqualByComparingTo(expected);
  }

  /** The same container at a spot rate, then at the card again: two rows, of which one says so. */
  @Test
  void spot_rate_is_said_in_ledger_and_file() {
    rated.imported(
        "",
        """
        rates:
          - { valid_from: 2026-01-15T10:00:00Z, valid_to: 2026-01-15T10:30:00Z, host: host-a,
              purchase: spot, cpu_hour: 0.01, memory_gib_hour: 0.01, storage_gib_month: 0.1 }
        """);
    assertThat(rated.http.post("/cost/reprices", january()).status()).isEqualTo(201);
    String file = rated.http.get(JANUARY.replace("/metrics/cost", "/cost/focus.csv")).body();
    CsvTable table = CsvTable.parse(file);
    assertThat(new FocusChecker("1.2").check(table.header(), table.rows())).isEmpty();
    for (var row : table.rows()) {
      if ("Core-Hours".equals(row.get("PricingUnit"))) {
        boolean spot = row.get("ListUnitPrice").equals("0.01");
        assertThat(row).containsEntry("PricingCategory", spot ? "Dynamic" : "Standard");
      }
    }
    assertThat(table.rows().stream().map(row -> row.get("PricingCategory")))
        .contains("Dynamic", "Standard");
    assertThat(rated.http.get(JANUARY).body()).contains("at a spot rate");
  }
}
