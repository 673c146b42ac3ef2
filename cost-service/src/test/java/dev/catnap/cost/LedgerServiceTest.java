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
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;
import tools.jackson.databind.JsonNode;

/** A service that was stopped in January, over the bus and over HTTP; one life of a ledger. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LedgerServiceTest {
  private static final Instant TEN = Instant.parse("2026-01-15T10:00:00Z");
  private static final Instant STOPPED = TEN.plusSeconds(6 * 3_600);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long MIB = 1L << 20;
  private static final String JANUARY = "from=2026-01-15T00:00:00Z&to=2026-01-17T00:00:00Z";
  private static final String LINES =
      "SELECT * FROM ledger_line WHERE from_at < '2026-02-01' ORDER BY 1, 2, 3, 7, 18, 19";

  private static CostApp app;
  private static KafkaProbe kafka;
  private static HttpProbe http;
  private static JdbcTemplate jdbc;

  @BeforeAll
  static void start() {
    app =
        new CostApp(
            KafkaServer.shared(),
            "--catnap.kafka.group-prefix=ledger.",
            "--catnap.cost-service.ledger.interval=200ms",
            "--catnap.cost-service.ledger.quiet=4s");
    kafka = app.kafka();
    http = app.http();
    jdbc = app.jdbc();
  }

  @AfterAll
  static void stop() {
    app.close();
  }

  @Test
  @Order(1)
  void month_is_booked_and_closed() {
    send(RunState.UNKNOWN, RunState.RUNNING, TEN, null);
    for (int minute = 1; minute <= 30; minute++) {
      kafka.send(
          Topics.RESOURCE_SAMPLES.name(),
          "booked",
          json(
              Topics.RESOURCE_SAMPLES,
              sample("booked", TEN.plusSeconds(minute * 60L), 60_000, 0.25, 256 * MIB)));
    }
    send(RunState.RUNNING, RunState.STOPPED, STOPPED, null);
    Awaitility.await()
        .atMost(PATIENCE)
        .until(() -> get("/cost/ledger?service=booked&" + JANUARY).has("closedTo"));
    JsonNode first = get("/cost/ledger?service=booked&limit=1&" + JANUARY);
    JsonNode line = first.path("items").path(0);
    assertThat(line.path("from").asString()).isEqualTo("2026-01-15T10:00:00Z");
    assertThat(line.path("resource").asString()).isEqualTo("CPU");
    assertThat(line.path("kind").asString()).isEqualTo("ORIGINAL");
    // Half a core is the limit, and more than what is used.
    assertThat(line.path("quantity").decimalValue()).isEqualByComparingTo("0.5");
    assertThat(line.path("amount").decimalValue()).isEqualByComparingTo("0.025");
    assertThat(line.path("why").toString()).contains("larger of reserved and measured");
    // 6 hours of CPU and memory; of 32 hours stopped also storage.
    assertThat(allLines()).hasSize(6 * 2 + 32 * 3);
    assertThat(paid()).isEqualByComparingTo("0.18");
  }

  /** It slept from 12:00 to 13:00, told when January is closed. */
  @Test
  @Order(2)
  void late_event_gives_correction_lines_and_changes_no_booked_one() {
    List<Map<String, Object>> before = jdbc.queryForList(LINES);
    String file = http.get("/cost/focus.csv?service=booked&month=2026-01").body();
    Instant noon = TEN.plusSeconds(7_200);
    send(RunState.RUNNING, RunState.SLEEPING, noon, 128 * MIB);
    send(RunState.SLEEPING, RunState.RUNNING, noon.plusSeconds(3_600), null);
    String query = "/cost/ledger?service=booked&corrections=true&" + JANUARY;
    Awaitility.await().atMost(PATIENCE).until(() -> get(query).path("items").size() == 4);
    assertThat(jdbc.queryForList(LINES)).containsAll(before);
    // CPU 0.025; memory 0.005 before, 0.00125 asleep.
    assertThat(paid()).isEqualByComparingTo("0.15125");
    BigDecimal corrected = BigDecimal.ZERO;
    for (JsonNode item : get(query).path("items")) {
      corrected = corrected.add(item.path("amount").decimalValue());
      assertThat(item.path("corrects").asString()).isEqualTo("2026-01");
      assertThat(item.path("reason").asString()).isEqualTo("LATE_FACTS");
    }
    assertThat(corrected).isEqualByComparingTo("-0.02875");
    // The file of the closed month stays; that of the open one has the corrections.
    assertThat(http.get("/cost/focus.csv?service=booked&month=2026-01").body()).isEqualTo(file);
    CsvTable open = CsvTable.parse(http.get("/cost/focus.csv?service=booked&" + JANUARY).body());
    assertThat(new FocusChecker("1.2").check(open.header(), open.rows())).isEmpty();
    List<Map<String, String>> corrections =
        open.rows().stream().filter(row -> "Correction".equals(row.get("ChargeClass"))).toList();
    assertThat(corrections).hasSize(2);
    assertThat(
            corrections.stream()
                .map(row -> new BigDecimal(row.get("BilledCost")))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("-0.02875");
    assertThat(corrections).allMatch(row -> row.get("BillingPeriodStart").compareTo("2026-02") > 0);
  }

  /** All facts are thrown away and read again from the log: each line is as it was. */
  @Test
  @Order(3)
  void facts_read_again_give_the_same_ledger() {
    List<Map<String, Object>> before = jdbc.queryForList(LINES);
    BigDecimal paid = paid();
    MessageListenerContainer container =
        app.bean(KafkaListenerEndpointRegistry.class).getListenerContainer("cost-recorder");
    container.stop();
    truncate("state_span, sample, usage_hour, storage_hour, definition, fold_offset");
    container.start();
    Awaitility.await().atMost(PATIENCE).until(LedgerServiceTest::isBookedAgain);
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(jdbc.queryForList(LINES)).isEqualTo(before));
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(paid()).isEqualByComparingTo(paid));
  }

  /** Everything is thrown away: the sum of each interval is as it was, booked as one. */
  @Test
  @Order(4)
  void ledger_built_from_nothing_comes_to_the_same() {
    BigDecimal paid = paid();
    MessageListenerContainer container =
        app.bean(KafkaListenerEndpointRegistry.class).getListenerContainer("cost-recorder");
    container.stop();
    truncate(
        "state_span, sample, usage_hour, storage_hour, definition, fold_offset,"
            + " ledger_line, ledger_day,"
            + " ledger_week, ledger_container, ledger_rates, ledger_closing");
    container.start();
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(() -> {
          // 6 hours of CPU and memory, and 32 hours stopped, as if nothing had been late.
          assertThat(allLines()).hasSize(6 * 2 + 32 * 3);
          assertThat(paid()).isEqualByComparingTo(paid);
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/cost/ledger?window=abc",
        "/cost/ledger?service=%00",
        "/cost/ledger?state=ASLEEP",
        "/cost/ledger?resource=gold",
        "/cost/ledger?booked=January",
        "/cost/ledger?format=xml",
        "/cost/ledger?cursor=MTph",
        "/cost/ledger?container=",
        "/cost/ledger?corrections=perhaps",
        "/cost/ledger?limit=0",
      })
  void bad_question_is_a_problem_that_names_the_field(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().path("detail").asString()).contains("must");
  }

  /** What is just being booked may have to end first. */
  private static void truncate(String tables) {
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(PessimisticLockingFailureException.class)
        .until(() -> {
          jdbc.execute("TRUNCATE " + tables);
          return true;
        });
  }

  /** All facts are there, and everything is booked that they reach. */
  private static boolean isBookedAgain() {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            """
            SELECT (SELECT count(*) FROM state_span WHERE service = 'booked') = 4
              AND (SELECT count(*) FROM sample WHERE service = 'booked') = 30
              AND (SELECT built_to FROM ledger_container WHERE service = 'booked')
                > now() - interval '2 hours'
            """,
            Boolean.class));
  }

  /** Through all pages, as CSV, each line once. */
  private static List<Map<String, String>> allLines() {
    List<Map<String, String>> lines = new ArrayList<>();
    String cursor = null;
    do {
      HttpProbe.Answer answer =
          http.get(
              "/cost/ledger?format=csv&limit=17&service=booked&"
                  + JANUARY
                  + (cursor == null ? "" : "&cursor=" + cursor));
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      lines.addAll(CsvTable.parse(answer.body()).rows());
      cursor = answer.header("Next-Cursor").orElse(null);
    } while (cursor != null);
    assertThat(lines).doesNotHaveDuplicates();
    return lines;
  }

  private static BigDecimal paid() {
    return get("/metrics/cost?service=booked&" + JANUARY)
        .path("total")
        .path("actual")
        .decimalValue();
  }

  private static JsonNode get(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static void send(RunState from, RunState to, Instant at, Long resident) {
    kafka.send(
        Topics.STATE_CHANGES.name(),
        "booked",
        json(Topics.STATE_CHANGES, change("booked", from, to, at, resident)));
  }
}
