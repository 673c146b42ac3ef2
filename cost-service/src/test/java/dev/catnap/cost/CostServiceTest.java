package dev.catnap.cost;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.json;
import static dev.catnap.cost.Events.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catnap.cost.focus.CsvTable;
import dev.catnap.cost.focus.FocusChecker;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import tools.jackson.databind.JsonNode;

/** The service as it runs: real broker, real database, over the bus and over HTTP. */
class CostServiceTest {
  private static final Instant TEN = Instant.parse("2026-01-15T10:00:00Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  private static CostApp app;
  private static KafkaProbe kafka;
  private static HttpProbe http;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void start() {
    app =
        new CostApp(
            KafkaServer.shared(),
            "--catnap.cost-service.hosts.host-a.cores=4",
            "--catnap.cost-service.hosts.host-a.memory=16GB");
    kafka = app.kafka();
    http = app.http();
    jdbc = app.jdbc();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  /**
   * 0.5 core and 512 MiB are the limits. Awake from 10:00 with 0.25 core and 256 MiB in use; asleep
   * at 10:30 with 128 MiB; stopped at 11:00 until 12:00.
   */
  @Test
  void day_of_a_service_becomes_money() {
    tell("money");
    JsonNode answer =
        await("/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T12:00:00Z&service=money", 3);
    assertThat(answer.path("currency").asString()).isEqualTo("USD");
    JsonNode item = answer.path("items").get(0);
    assertThat(item.path("name").asString()).isEqualTo("money");
    assertThat(item.path("hours").path("running").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(item.path("hours").path("sleeping").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(item.path("hours").path("stopped").decimalValue()).isEqualByComparingTo("1");
    assertThat(item.path("hours").path("observed").decimalValue()).isEqualByComparingTo("2");
    // Reserved is more than used: 0.5 core and 0.5 GiB awake for 2 h.
    assertMoney(item.path("cpu").path("baseline"), "0.05");
    assertMoney(item.path("memory").path("baseline"), "0.01");
    assertMoney(item.path("cpu").path("actual"), "0.0125");
    // 0.5 GiB for half an hour, 0.125 GiB for half an hour.
    assertMoney(item.path("memory").path("actual"), "0.003125");
    assertMoney(item.path("actual"), "0.015625");
    assertMoney(item.path("baseline"), "0.06");
    assertMoney(item.path("savingBeforeSuite"), "0.044375");
    assertThat(item.path("cpu").path("efficiency").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(item.path("assumptions").toString()).contains("storage not known");
    assertMoney(answer.path("total").path("actual"), "0.015625");
    // Of one service alone the suite's cost is not subtracted.
    assertThat(answer.path("total").has("suite")).isFalse();
    assertThat(answer.path("suite").path("reason").asString()).contains("serves all services");
    // The suite did not run in January: it is not said to have cost nothing.
    assertThat(
            get("/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T12:00:00Z")
                .path("suite")
                .path("reason")
                .asString())
        .contains("not measured");
  }

  /** Stopped at 11:00 and removed at 11:30: from then on nobody would pay for it, awake or not. */
  @Test
  void container_that_is_gone_costs_nothing_and_saves_nothing() {
    tell("gone");
    String path = "/metrics/cost?service=gone&from=2026-01-15T10:00:00Z&to=2026-01-16T10:00:00Z";
    assertMoney(await(path, 3).path("items").get(0).path("hours").path("stopped"), "23");
    Instant removed = TEN.plusSeconds(5_400);
    StateChange end = change("gone", RunState.STOPPED, RunState.STOPPED, removed, null).asGone();
    send(end);
    send(end);
    awaitAllRead();
    JsonNode item = get(path).path("items").get(0);
    assertMoney(item.path("hours").path("observed"), "1.5");
    assertMoney(item.path("hours").path("stopped"), "0.5");
    // An hour and a half awake: 0.5 core at 0.05 and 0.5 GiB at 0.01.
    assertMoney(item.path("baseline"), "0.045");
    assertMoney(item.path("actual"), "0.015625");
    String later = "/metrics/cost?service=gone&from=2026-01-15T12:00:00Z&to=2026-01-16T10:00:00Z";
    assertThat(get(later).path("items")).isEmpty();
    send(change("gone", RunState.UNKNOWN, RunState.RUNNING, TEN.plusSeconds(82_800), null));
    awaitAllRead();
    assertMoney(get(later).path("items").get(0).path("hours").path("observed"), "1");
  }

  /**
   * 720 GiB for an hour cost 0.10 at 0.10 a GiB month of 720 h. They are measured once while it is
   * awake, and are all that is paid for from 11:00 on, when it is stopped.
   */
  @Test
  void stopped_container_pays_for_the_storage_it_was_seen_with() {
    tell("stored");
    send(sample("stored", TEN.plusSeconds(1_860), 60_000, 0, 128 * MIB).withStorage(720 * GIB));
    String path = "/metrics/cost?service=stored&from=2026-01-15T11:00:00Z&to=2026-01-15T12:00:00Z";
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonNode item = get(path).path("items").path(0);
          assertThat(item.path("storage").path("actual").decimalValue())
              .isCloseTo(new BigDecimal("0.10"), within(new BigDecimal("1e-9")));
        });
    JsonNode item = get(path).path("items").path(0);
    assertThat(item.path("actual").decimalValue())
        .isEqualByComparingTo(item.path("storage").path("actual").decimalValue());
    assertThat(item.path("storage").path("saving").decimalValue()).isZero();
    assertThat(item.path("assumptions").toString())
        .contains("what was measured last")
        .doesNotContain("storage not known");
    for (String version : List.of("1.2", "1.4")) {
      String file =
          "/cost/focus.csv?service=stored&from=2026-01-15T11:00:00Z&to=2026-01-15T12:00:00Z"
              + "&version="
              + version;
      CsvTable table = CsvTable.parse(http.get(file).body());
      assertThat(new FocusChecker(version).check(table.header(), table.rows())).isEmpty();
      assertThat(table.rows()).hasSize(1);
      assertThat(table.rows().getFirst())
          .containsEntry("PricingQuantity", "720")
          .containsEntry("PricingUnit", "GiB-Hours");
    }
  }

  @Test
  void repetition_disorder_restart_and_reading_anew_change_no_row() {
    tell("again");
    await("/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T12:00:00Z&service=again", 3);
    List<Map<String, Object>> before = rows("again");
    List<StateChange> changes = new ArrayList<>(changes("again"));
    changes.reversed().forEach(CostServiceTest::send);
    samples("again").reversed().forEach(CostServiceTest::send);
    awaitAllRead();
    assertThat(rows("again")).isEqualTo(before);
    restartListener(() -> {});
    awaitAllRead();
    assertThat(rows("again")).isEqualTo(before);
    restartListener(() ->
        jdbc.execute(
            "TRUNCATE state_span, sample, usage_hour, storage_hour, definition, fold_offset"));
    awaitAllRead();
    assertThat(rows("again")).isEqualTo(before);
  }

  /** 4 cores and 16 GiB for two hours, whatever runs on it, booked or not. */
  @Test
  void services_and_idle_come_to_what_the_host_costs() {
    tell("beside");
    tell("besides");
    JsonNode answer =
        get(
            "/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T12:00:00Z&limit=1000"
                + "&includeIdle=true&shareIdle=weighted");
    BigDecimal services = BigDecimal.ZERO;
    for (JsonNode item : answer.path("items")) {
      services =
          services
              .add(item.path("cpu").path("actual").decimalValue())
              .add(item.path("memory").path("actual").decimalValue());
    }
    // Each of the two: 0.015625, see above.
    assertThat(services).isGreaterThanOrEqualTo(new BigDecimal("0.03125"));
    JsonNode hosts = answer.path("idle").path("hosts");
    assertThat(hosts.size()).as(hosts.toString()).isEqualTo(1);
    JsonNode host = hosts.get(0);
    assertThat(host.path("host").asString()).isEqualTo("host-a");
    assertMoney(host.path("cost"), "0.72");
    assertThat(host.path("workloads").decimalValue()).isEqualByComparingTo(services);
    BigDecimal idle = host.path("idle").decimalValue();
    assertThat(services.add(idle)).isEqualByComparingTo("0.72");
    BigDecimal shared = BigDecimal.ZERO;
    for (JsonNode share : answer.path("idle").path("shares")) {
      shared = shared.add(share.decimalValue());
    }
    assertThat(shared).isEqualByComparingTo(idle);
  }

  @Test
  void definition_sets_aside_and_names_the_group() {
    kafka.send(
        Topics.SERVICES.name(),
        "defined",
        """
        {"service":"defined","name":"defined","image":"busybox","group":"tools",
         "labels":{"team":"blue"},"resources":{"cpu":"2","memory":"1GB"},
         "source":"api","defined_at":"2026-01-01T00:00:00Z"}
        """);
    tell("defined");
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          JsonNode item =
              get("/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T11:00:00Z"
                      + "&service=defined&aggregate=label:team")
                  .path("items")
                  .path(0);
          assertThat(item.path("name").asString()).isEqualTo("blue");
          assertMoney(item.path("cpu").path("baseline"), "0.1");
          assertMoney(item.path("memory").path("baseline"), "0.01");
        });
    JsonNode group =
        get(
            "/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T11:00:00Z&service=defined"
                + "&aggregate=group");
    assertThat(group.path("items").get(0).path("name").asString()).isEqualTo("tools");
  }

  @Test
  void rubbish_is_passed_over_and_the_partition_goes_on() {
    for (String rubbish : List.of("{", "{}", "[]", "null", "\"\\u0000\"")) {
      kafka.send(Topics.STATE_CHANGES.name(), "rubbish", rubbish);
      kafka.send(Topics.RESOURCE_SAMPLES.name(), "rubbish", rubbish);
      kafka.send(Topics.SERVICES.name(), "rubbish", rubbish);
    }
    StateChange good = changes("rubbish").getFirst();
    kafka.send(
        Topics.STATE_CHANGES.name(),
        "rubbish",
        json(Topics.STATE_CHANGES, good).replace("host-a", "host\\u0000a"));
    kafka.send(
        Topics.STATE_CHANGES.name(),
        "rubbish",
        json(Topics.STATE_CHANGES, good).replace("2026-01", "+292278994-01"));
    tell("rubbish");
    await("/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T12:00:00Z&service=rubbish", 3);
  }

  @Test
  void open_span_counts_up_to_now_and_the_suite_is_subtracted() {
    Instant start = Instant.now().minusSeconds(3_600);
    send(change("open", RunState.UNKNOWN, RunState.SLEEPING, start, 128 * MIB));
    JsonNode open = await("/metrics/cost?window=2h&service=open", 1);
    JsonNode answer = get("/metrics/cost?window=2h&step=10m");
    JsonNode total = answer.path("total");
    BigDecimal hours = open.path("items").get(0).path("hours").path("sleeping").decimalValue();
    assertThat(hours).isBetween(new BigDecimal("0.999"), new BigDecimal("1.1"));
    assertThat(total.path("suite").decimalValue()).isPositive();
    assertThat(total.path("saving").decimalValue())
        .isEqualByComparingTo(
            total
                .path("baseline")
                .decimalValue()
                .subtract(total.path("actual").decimalValue())
                .subtract(total.path("suite").decimalValue()));
    BigDecimal sum = BigDecimal.ZERO;
    for (JsonNode point : answer.path("series")) {
      sum = sum.add(point.path("actual").decimalValue());
    }
    assertThat(answer.path("series")).hasSizeBetween(12, 13);
    assertThat(sum).isEqualByComparingTo(total.path("actual").decimalValue());
    JsonNode roi = get("/cost/roi?investment=100");
    assertThat(roi.path("basis").path("source").asString()).isEqualTo("measured");
    assertThat(roi.path("basis").path("explanation").asString()).contains("month of 720 h");
  }

  @ParameterizedTest
  @CsvSource({"3, 72.8, 4844, 33.3", "5, 188.0, 12998, 50.0"})
  void worked_example_of_the_return(int years, String roi, String npv, String irr) {
    JsonNode answer =
        get(
            "/cost/roi?investment=10000&baselineMonthly=1300&actualMonthly=820"
                + "&discountRate=0.08&years="
                + years);
    assertRounded(answer.path("monthlySaving"), 0, "480");
    assertRounded(answer.path("savingPercent"), 1, "36.9");
    assertRounded(answer.path("annualSaving"), 0, "5760");
    assertRounded(answer.path("paybackMonths"), 1, "20.8");
    assertRounded(answer.path("roiPercent"), 1, roi);
    assertRounded(answer.path("npv"), 0, npv);
    assertRounded(answer.path("irrPercent"), 1, irr);
    assertThat(answer.path("perYear")).hasSize(years);
  }

  @Test
  void rate_cards_are_added_and_edited() {
    String card =
        """
        {"validFrom":"2031-01-01T00:00:00Z","cpuHour":0.06,"memoryGibHour":0.012,
         "storageGibMonth":0.11,"monthHours":730,"currency":"USD"}
        """;
    HttpProbe.Answer added = http.post("/cost/rates", card);
    assertThat(added.status()).as(added.body()).isEqualTo(201);
    String place = added.header("Location").orElseThrow();
    assertThat(http.post("/cost/rates", card).status()).isEqualTo(400);
    String elsewhere =
        card.replace("USD", "EUR").replace("{\"validFrom\"", "{\"host\":\"x\",\"validFrom\"");
    assertThat(http.post("/cost/rates", elsewhere).body())
        .contains("must be that of all cards that hold at the same time", "EUR");
    JsonNode edited = http.put(place, card.replace("0.06", "0.07")).json();
    assertThat(edited.path("cpuHour").decimalValue()).isEqualByComparingTo("0.07");
    assertThat(get(place)).isEqualTo(edited);
    assertThat(get("/cost/rates").path("items").get(0).path("cpuHour").decimalValue())
        .isEqualByComparingTo("0.05");
    assertThat(http.put("/cost/rates/999", card).status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/metrics/cost?window=abc",
        "/metrics/cost?window=0",
        "/metrics/cost?from=yesterday",
        "/metrics/cost?from=2026-01-15T10:00:00Z&to=2026-01-15T09:00:00Z",
        "/metrics/cost?from=2999-01-15T10:00:00Z",
        "/metrics/cost?from=%2B292278994-01-15T10:00:00Z",
        "/metrics/cost?aggregate=colour",
        "/metrics/cost?aggregate=label:",
        "/metrics/cost?step=1ms",
        "/metrics/cost?service=%00",
        "/metrics/cost?cursor=rubbish",
        "/metrics/cost?limit=0",
        "/cost/roi",
        "/cost/roi?investment=0",
        "/cost/roi?investment=ten",
        "/cost/roi?investment=1e999999999",
        "/cost/roi?investment=1&discountRate=8",
        "/cost/roi?investment=1&discountRate=1e-999999999",
        "/cost/roi?investment=1&years=0",
        "/cost/roi?investment=1&years=51",
        "/cost/roi?investment=1&baselineMonthly=3",
        "/cost/roi?investment=1&baselineMonthly=3&actualMonthly=-1",
        "/cost/roi?investment=1&baselineMonthly=0e999999999&actualMonthly=1",
        "/cost/rates/abc",
      })
  void bad_question_is_a_problem_that_names_the_field(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.json().path("detail").asString()).contains("must");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "[]",
        "{}",
        "{\"validFrom\":\"2031-01-01T00:00:00Z\",\"cpuHour\":-1}",
        "{\"validFrom\":\"soon\",\"cpuHour\":1,\"memoryGibHour\":1,\"storageGibMonth\":1}",
      })
  void bad_card_is_refused(String body) {
    HttpProbe.Answer answer = http.post("/cost/rates", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
  }

  @Test
  void health_names_the_service_and_its_database() {
    JsonNode health = get("/system/health");
    assertThat(health.toString()).contains("\"cost-service\"").contains("\"database(cost)\"");
  }

  private static List<StateChange> changes(String service) {
    return List.of(
        change(service, RunState.UNKNOWN, RunState.RUNNING, TEN, null),
        change(service, RunState.RUNNING, RunState.SLEEPING, TEN.plusSeconds(1800), 128 * MIB),
        change(service, RunState.SLEEPING, RunState.STOPPED, TEN.plusSeconds(3600), null));
  }

  private static List<ResourceSample> samples(String service) {
    List<ResourceSample> samples = new ArrayList<>();
    for (int minute = 1; minute <= 30; minute++) {
      samples.add(sample(service, TEN.plusSeconds(minute * 60L), 60_000, 0.25, 256 * MIB));
    }
    return samples;
  }

  private static void tell(String service) {
    changes(service).forEach(CostServiceTest::send);
    samples(service).forEach(CostServiceTest::send);
    awaitAllRead();
  }

  private static void send(StateChange change) {
    kafka.send(Topics.STATE_CHANGES.name(), change.service(), json(Topics.STATE_CHANGES, change));
  }

  private static void send(ResourceSample sample) {
    kafka.send(
        Topics.RESOURCE_SAMPLES.name(), sample.service(), json(Topics.RESOURCE_SAMPLES, sample));
  }

  /** The last record sent by hand to each topic's partition of this name is read. */
  private static void awaitAllRead() {
    long sent =
        kafka.readAll(Topics.STATE_CHANGES.name()).size()
            + kafka.readAll(Topics.RESOURCE_SAMPLES.name()).size()
            + kafka.readAll(Topics.SERVICES.name()).size();
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.queryForObject(
                    "SELECT coalesce(sum(next_offset), 0) FROM fold_offset", Long.class),
            read -> read == sent);
  }

  private static void restartListener(Runnable between) {
    MessageListenerContainer container =
        app.bean(KafkaListenerEndpointRegistry.class).getListenerContainer("cost-recorder");
    container.stop();
    between.run();
    container.start();
  }

  private static List<Map<String, Object>> rows(String service) {
    List<Map<String, Object>> rows =
        new ArrayList<>(
            jdbc.queryForList(
                "SELECT * FROM state_span WHERE service = ? ORDER BY from_at", service));
    rows.addAll(
        jdbc.queryForList(
            "SELECT * FROM usage_hour WHERE service = ? ORDER BY hour, asleep", service));
    rows.addAll(
        jdbc.queryForList("SELECT * FROM storage_hour WHERE service = ? ORDER BY hour", service));
    rows.addAll(jdbc.queryForList("SELECT * FROM sample WHERE service = ? ORDER BY at", service));
    assertThat(rows).hasSizeGreaterThan(30);
    return rows;
  }

  private static JsonNode await(String path, int assumptions) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> get(path),
            answer -> answer.path("items").path(0).path("assumptions").size() >= assumptions);
  }

  private static JsonNode get(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void assertMoney(JsonNode actual, String expected) {
    assertThat(actual.decimalValue()).isEqualByComparingTo(expected);
  }

  private static void assertRounded(JsonNode actual, int decimals, String expected) {
    assertThat(actual.decimalValue().setScale(decimals, java.math.RoundingMode.HALF_UP))
        .isEqualByComparingTo(expected);
  }
}
