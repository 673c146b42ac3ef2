package dev.catnap.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.DefinitionReader;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Four weeks of a shop that is busy from 9 to 17, a little busier each week; in the last night it
 * was busy at 3, and from 5 to 7 nothing was heard of it. A search beside it, for two days.
 */
class TrendApiTest {
  private static final Instant NOW =
      Changes.DAY.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  private static final Instant START = NOW.minus(Duration.ofDays(28));
  private static final int HOURS = 28 * 24;

  /** Of its own: weeks of records are in the way of tests that count what there is. */
  private static final KafkaServer kafka = KafkaServer.privateServer();

  private static Service service;

  @BeforeAll
  static void tellFourWeeks() {
    service =
        new Service(
            kafka.bootstrapServers(), PostgresServer.shared().freshDatabase(), "trend-test");
    service.itIs(NOW);
    service.start();
    service.publish(
        Topics.SERVICES,
        List.of(
            defined("trend-shop", "group", "trend-web", "labels", Map.of("team", "a")),
            defined("trend-search", "group", "trend-web"),
            defined("trend-batch")));
    Instant woken = NOW.minus(Duration.ofHours(1));
    service.publish(
        Topics.STATE_CHANGES,
        List.of(
            Changes.change("trend-shop", "t1", RunState.UNKNOWN, RunState.RUNNING, START),
            Changes.change(
                "trend-shop", "t2", RunState.RUNNING, RunState.SLEEPING, woken.minusSeconds(60)),
            Changes.change("trend-shop", "t3", RunState.SLEEPING, RunState.WAKING, woken),
            Changes.change(
                "trend-shop", "t4", RunState.WAKING, RunState.RUNNING, woken.plusMillis(100))));
    List<ResourceSample> samples = new ArrayList<>();
    for (int hour = 0; hour < HOURS; hour++) {
      if (hour != HOURS - 19 && hour != HOURS - 18) {
        samples.add(sample("trend-shop", hour, hour == HOURS - 21 ? 0.9 : usual(hour)));
      }
      if (hour >= HOURS - 48) {
        samples.add(sample("trend-search", hour, 0.5));
      }
    }
    service.publish(Topics.RESOURCE_SAMPLES, samples);
    service.await(
        "SELECT count(*) FROM usage_hour WHERE service LIKE 'trend-%'",
        Integer.toString(samples.size()));
    service.await("SELECT count(*) FROM dirty", "0");
    service.await("SELECT count(*) FROM wake WHERE service = 'trend-shop'", "1");
    await().until(() -> service.bean(Definitions.class).known("trend-batch") != null);
  }

  private static double usual(int hour) {
    int ofDay = hour % 24;
    return (ofDay >= 9 && ofDay < 17 ? 1.0 : 0.1) + 0.01 * (hour / 168);
  }

  private static ServiceDefinition defined(String name, Object... more) {
    Map<String, Object> fields = new HashMap<>();
    for (int i = 0; i < more.length; i += 2) {
      fields.put(more[i].toString(), more[i + 1]);
    }
    return DefinitionReader.readWritten(name, fields, ServiceDefinition.Source.API, START);
  }

  private static ResourceSample sample(String name, int hour, double cores) {
    return new ResourceSample(
        name,
        name,
        "host-1",
        START.plusSeconds(3600L * hour + 1800),
        10_000,
        cores,
        2.0,
        100,
        1000L,
        7,
        10,
        20,
        30,
        40);
  }

  @AfterAll
  static void stop() {
    service.close();
    kafka.close();
  }

  private static JsonNode get(String path) {
    HttpProbe.Answer answer = service.http().get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  private static Instant at(int hourOfLastDay) {
    return NOW.minus(Duration.ofHours(24L - hourOfLastDay));
  }

  @Test
  void pointsChangeBandAndAnomalies_areInTheAnswer() {
    JsonNode answer = get("/metrics/trends?metric=cpu_cores&service=trend-shop&step=1h");

    assertThat(answer.get("points")).hasSize(24);
    assertThat(answer.get("points").get(10).get("value").asDouble()).isEqualTo(1.03, within(1e-9));
    assertThat(answer.get("change").get("ratio").asDouble()).isPositive();
    assertThat(answer.get("band").get("method").asString()).isEqualTo("hour_of_week");
    assertThat(answer.get("band").get("basis").asString()).contains("28 days");
    JsonNode band = answer.get("band").get("points").get(10);
    assertThat(band.get("middle").asDouble()).isEqualTo(1.01, within(1e-9));
    assertThat(band.get("upper").asDouble()).isEqualTo(1.01 + 3.5 / 0.6745 * 0.0101, within(1e-6));
    assertThat(answer.get("anomalies")).hasSize(1);
    JsonNode anomaly = answer.get("anomalies").get(0);
    assertThat(anomaly.get("at").asString()).isEqualTo(at(3).toString());
    assertThat(anomaly.get("value").asDouble()).isEqualTo(0.9, within(1e-9));
    assertThat(anomaly.get("reason").asString())
        .contains("above the band", "same hour of 3 other weeks");
  }

  @Test
  void gaps_areSaidAsGaps() {
    JsonNode answer = get("/metrics/trends?metric=cpu_cores&service=trend-shop&step=1h");

    assertThat(answer.get("gaps")).hasSize(1);
    assertThat(answer.get("gaps").get(0).get("from").asString()).isEqualTo(at(5).toString());
    assertThat(answer.get("gaps").get(0).get("to").asString()).isEqualTo(at(7).toString());
    assertThat(answer.get("points").get(5).get("value").isNull()).isTrue();
  }

  @Test
  void twoDaysOfHistory_areComparedWithTheDayBefore() {
    JsonNode answer = get("/metrics/trends?metric=cpu_cores&service=trend-search&step=1h");

    assertThat(answer.get("band").get("method").asString()).isEqualTo("last_24h");
    assertThat(answer.get("band").get("basis").asString()).contains("2.0 days of history");
    assertThat(answer.get("band").get("points").get(0).get("middle").asDouble()).isEqualTo(0.5);
    assertThat(answer.get("anomalies")).isEmpty();
  }

  @Test
  void nothingKnown_isNoBandAndNoZero() {
    JsonNode answer = get("/metrics/trends?metric=cpu_cores&service=trend-none&step=1h");

    assertThat(answer.has("value")).isFalse();
    assertThat(answer.get("change").get("ratio").asString()).isEqualTo("undefined");
    assertThat(answer.get("band").get("method").asString()).isEqualTo("none");
    assertThat(answer.get("gaps")).hasSize(1);
  }

  @Test
  void comparedWithThePrevious_itsPointsAreThereToo() {
    JsonNode answer =
        get("/metrics/trends?metric=cpu_cores&service=trend-search&step=1h&compare=previous");

    assertThat(answer.get("previousPoints")).hasSize(24);
    assertThat(answer.get("previousPoints").get(0).get("at").asString())
        .isEqualTo(NOW.minus(Duration.ofHours(48)).toString());
    assertThat(answer.get("change").get("ratio").asDouble()).isZero();
  }

  @Test
  void groupsAndLabels_sumUp_andCanBeToldApart() {
    JsonNode group = get("/metrics/trends?metric=cpu_cores&group=trend-web&step=1h&window=12h");
    JsonNode label = get("/metrics/trends?metric=cpu_cores&label=team=a&step=1h&window=12h");
    JsonNode by = get("/metrics/trends?metric=cpu_cores&by=label:team&step=1h&window=12h&limit=1");

    // From 12 to 17 h busy, then quiet.
    assertThat(label.get("points").get(0).get("value").asDouble()).isEqualTo(1.03, within(1e-9));
    assertThat(group.get("points").get(0).get("value").asDouble()).isEqualTo(1.53, within(1e-9));
    assertThat(by.get("series")).hasSize(1);
    assertThat(by.get("series").get(0).get("key").asString()).isEqualTo("(none)");
    JsonNode next =
        get(
            "/metrics/trends?metric=cpu_cores&by=label:team&step=1h&window=12h&limit=1&cursor="
                + by.get("nextCursor").asString());
    assertThat(next.get("series").get(0).get("services").get(0).asString()).isEqualTo("trend-shop");
    assertThat(next.has("nextCursor")).isFalse();
    JsonNode none = get("/metrics/trends?metric=cpu_cores&group=nobody&step=1h&window=12h");
    assertThat(none.has("value")).isFalse();
  }

  @Test
  void aPercentile_isOfTheSamplesInAStep_toWithinTwoHundredths() {
    JsonNode max =
        get("/metrics/trends?metric=cpu_cores&service=trend-shop&step=6h&percentile=100");
    JsonNode half =
        get("/metrics/trends?metric=cpu_cores&service=trend-shop&step=6h&percentile=50");

    // 0 to 6 h: 0.13 four times, 0.9 once.
    assertThat(max.get("points").get(0).get("value").asDouble()).isEqualTo(0.9, within(0.018));
    assertThat(half.get("points").get(0).get("value").asDouble()).isEqualTo(0.13, within(0.0026));
  }

  @ParameterizedTest
  @CsvSource({
    "resources, group=trend-web, trend-search|trend-shop",
    "resources, label=team=a, trend-shop",
    "resources, group=nobody, ''",
    "sleep-wake, group=trend-web, trend-shop",
    "sleep-wake, label=team=b, ''"
  })
  void otherFigures_areOfAGroupOrALabelToo(String path, String asked, String expected) {
    JsonNode answer = get("/metrics/" + path + "?window=24h&" + asked);

    assertThat(
            answer
                .get("items")
                .valueStream()
                .map(item -> item.get("service").asString())
                .collect(Collectors.joining("|")))
        .isEqualTo(expected);
  }

  @Test
  void wakes_areOfAGroupToo() {
    String path = "/metrics/performance?window=24h&group=";
    assertThat(get(path + "trend-web").at("/availability/wakes").asLong()).isEqualTo(1);
    assertThat(get(path + "nobody").at("/availability/wakes").asLong()).isZero();
  }

  /** As retention leaves them: a window that begins before the minutes kept is of hours. */
  @Test
  void whereMinutesAreGone_hoursTellAllOfIt() {
    Instant kept = START.plus(Duration.ofHours(60));
    service.rows("DELETE FROM usage_minute WHERE bucket < '" + kept + "' RETURNING service");
    String day =
        "service=trend-shop&from=%s&to=%s"
            .formatted(START.plus(Duration.ofDays(2)), START.plus(Duration.ofDays(3)));

    JsonNode item = get("/metrics/resources?" + day).get("items").get(0);
    assertThat(item.get("samples").asLong()).isEqualTo(24);
    assertThat(item.get("cpuCores").get("mean").asDouble()).isEqualTo(0.4, within(1e-9));
    JsonNode highest = get("/metrics/trends?metric=cpu_cores&percentile=100&step=1h&" + day);
    assertThat(highest.get("points").get(9).get("value").asDouble()).isEqualTo(1, within(0.016));
    assertThat(highest.get("gaps")).isEmpty();
  }

  /** Not the whole last day: the window ends at noon of the first day there is. */
  @Test
  void monthsAreExactToTheHour() {
    Instant noon = START.plus(Duration.ofHours(12));
    JsonNode item =
        get("/metrics/resources?service=trend-shop&window=90d&to=" + noon).get("items").get(0);

    assertThat(item.get("samples").asLong()).isEqualTo(12);
  }

  @Test
  void stepsOfWhichThereAreNoSumsAnyMore_areRefused_andNotChosen() {
    String path = "/metrics/trends?service=trend-shop&from=%s&window=24h&metric=";
    String old = path.formatted(NOW.minus(Duration.ofDays(40)));

    HttpProbe.Answer refused = service.http().get(old + "cpu_cores&step=15m");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().get("field").asString()).isEqualTo("step");
    assertThat(refused.json().get("rule").asString()).contains("at least 1h");
    assertThat(get(old + "cpu_cores").get("step").asString()).isEqualTo("1h");
    assertThat(get(old + "wakes").get("step").asString()).isEqualTo("15m");
  }

  @Test
  void csv_byAcceptOrByFormat() {
    String path = "/metrics/trends?metric=cpu_cores&service=trend-shop&step=1h";
    HttpProbe.Answer accepted = service.http().get(path, Map.of("Accept", "text/csv"));
    HttpProbe.Answer asked = service.http().get(path + "&format=csv");

    assertThat(accepted.header("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(asked.body()).isEqualTo(accepted.body());
    String[] lines = accepted.body().split("\r\n");
    assertThat(lines).hasSize(25);
    assertThat(lines[0]).isEqualTo("key,at,value,lower,middle,upper,anomaly");
    assertThat(lines[4]).startsWith("trend-shop," + at(3) + ",0.9,").contains("above the band");
    assertThat(lines[6]).startsWith("trend-shop," + at(5) + ",,");
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/resources?service=trend-shop, service",
    "/metrics/sleep-wake?window=1h, service",
    "/metrics/performance?window=1h, stage",
    "/metrics/recommendations?service=trend-shop, service"
  })
  void everyAnswer_isATableToo(String path, String firstColumn) {
    HttpProbe.Answer answer = service.http().get(path + "&format=csv");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body())
        .satisfiesAnyOf(
            body -> assertThat(body).startsWith(firstColumn), body -> assertThat(body).isBlank());
  }

  @Test
  void columnsOfATable_doNotDependOnWhatWasMeasured() {
    String header =
        service
            .http()
            .get("/metrics/sleep-wake?service=trend-shop&format=csv")
            .body()
            .split("\r\n")[0];
    assertThat(header).contains("wakeLatencyMillis.SLEEPING.p50", "wakeLatencyMillis.STOPPED.p50");
  }

  @Test
  void aPageOfATable_saysWhereTheNextBegins() {
    String path = "/metrics/resources?limit=1&format=csv";
    HttpProbe.Answer first = service.http().get(path);
    String cursor = first.header("Catnap-Next-Cursor").orElseThrow();
    HttpProbe.Answer second = service.http().get(path + "&cursor=" + cursor);

    assertThat(first.body().split("\r\n")).hasSize(2);
    assertThat(second.body()).isNotEqualTo(first.body());
  }

  @Test
  void whatHasNotChanged_isNotSentAgain() {
    String path = "/metrics/trends?metric=cpu_cores&service=trend-shop&step=1h";
    HttpProbe.Answer first = service.http().get(path);
    String etag = first.header("ETag").orElseThrow();
    HttpProbe.Answer again = service.http().get(path, Map.of("If-None-Match", etag));
    HttpProbe.Answer other =
        service.http().get(path + "&window=12h", Map.of("If-None-Match", etag));

    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(other.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/trends?metric=cpu_cores&format=xml, format",
    "/metrics/trends?metric=cpu_cores&percentile=0, percentile",
    "/metrics/trends?metric=cpu_cores&percentile=101, percentile",
    "/metrics/trends?metric=cpu_cores&percentile=most, percentile",
    "/metrics/trends?metric=requests&percentile=50, percentile",
    "/metrics/trends?metric=cpu_cores&label=team, label",
    "/metrics/trends?metric=cpu_cores&group=%20, group",
    "/metrics/trends?metric=cpu_cores&by=colour, by",
    "/metrics/trends?metric=cpu_cores&by=group&limit=51, limit",
    "/metrics/trends?metric=cpu_cores&by=group&cursor=x, cursor"
  })
  void badParameters_areNamed(String path, String field) {
    HttpProbe.Answer answer = service.http().get(path);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
  }

  @Test
  void anotherType_isNotAcceptable() {
    HttpProbe.Answer answer =
        service.http().get("/metrics/trends?metric=wakes", Map.of("Accept", "application/pdf"));
    assertThat(answer.status()).isEqualTo(406);
  }

  private static String grafana(String target) {
    return """
    {"range":{"from":"%s","to":"%s"},"intervalMs":60000,"maxDataPoints":30,
     "targets":[{"refId":"A","target":%s}]}\
    """
        .formatted(NOW.minus(Duration.ofHours(24)), NOW, target);
  }

  @Test
  void grafana_findsMetricsAndSeries() {
    HttpProbe http = service.http();
    assertThat(http.get("/metrics/grafana").status()).isEqualTo(200);
    assertThat(http.post("/metrics/grafana/search", "{}").body()).contains("\"cpu_cores\"");
    assertThat(http.post("/metrics/grafana/metrics", "{}").body()).contains("cpu_cores (cores)");
    JsonNode lines =
        http.post(
                "/metrics/grafana/query",
                grafana("\"cpu_cores{service=\\\"trend-shop\\\", band=\\\"true\\\"}\""))
            .json();
    assertThat(lines).hasSize(3);
    JsonNode points = lines.get(0).get("datapoints");
    assertThat(points).hasSize(24);
    assertThat(points.get(3).get(0).asDouble()).isEqualTo(0.9, within(1e-9));
    assertThat(points.get(3).get(1).asLong()).isEqualTo(at(3).toEpochMilli());
    assertThat(points.get(5).get(0).isNull()).isTrue();
    assertThat(lines.get(2).get("target").asString()).endsWith("upper");
  }

  /** As its editor asks: the metric alone, and in the payload what was chosen beside it. */
  @Test
  void grafana_takesConditionsFromThePayload_andOffersThem() {
    HttpProbe http = service.http();
    String target = "\"cpu_cores\",\"payload\":{\"service\":\"trend-shop\",\"group\":\"\"}";
    JsonNode line = http.post("/metrics/grafana/query", grafana(target)).json().get(0);
    assertThat(line.get("target").asString()).isEqualTo("cpu_cores{service=\"trend-shop\"}");
    assertThat(line.get("datapoints").get(3).get(0).asDouble()).isEqualTo(0.9, within(1e-9));

    String options = "/metrics/grafana/metric-payload-options";
    assertThat(http.post(options, "{\"metric\":\"wakes\",\"name\":\"service\"}").body())
        .contains("\"value\":\"trend-batch\"");
    assertThat(http.post(options, "{\"name\":\"colour\"}").status()).isEqualTo(400);
    assertThat(
            http.post("/metrics/grafana/variable", "{\"payload\":{\"target\":\"group\"}}").body())
        .isEqualTo("[{\"__text\":\"trend-web\",\"__value\":\"trend-web\"}]");
  }

  /** Each of its addresses answers, and has the roots that it reads and the columns it shows. */
  @Test
  void grafana_theDashboardFindsWhatItAsksFor() throws Exception {
    JsonNode dashboard =
        JsonMapper.builder()
            .build()
            .readTree(Files.readString(Path.of("../deploy/grafana/catnap.json")));
    int columns = 0;
    for (JsonNode panel : dashboard.get("panels")) {
      for (JsonNode target : panel.get("targets")) {
        String path =
            target
                .get("url")
                .asString()
                .replace("${base}", "")
                .replace("${service}", "trend-shop")
                .replace("${__from:date:iso}", NOW.minus(Duration.ofHours(24)).toString())
                .replace("${__to:date:iso}", NOW.toString());
        JsonNode root =
            get(path).at("/" + target.get("root_selector").asString().replace('.', '/'));
        assertThat(root.isArray()).as(path).isTrue();
        for (JsonNode column : target.get("columns")) {
          if (root.isEmpty()) {
            continue;
          }
          String pointer = "/" + column.get("selector").asString().replace('.', '/');
          assertThat(root.valueStream().anyMatch(row -> !row.at(pointer).isMissingNode()))
              .as(path + " " + pointer)
              .isTrue();
          columns++;
        }
      }
    }
    assertThat(columns).isGreaterThan(15);
  }

  @Test
  void grafana_marksAnomalies() {
    JsonNode marks =
        service
            .http()
            .post(
                "/metrics/grafana/annotations",
                """
                {"range":{"from":"%s","to":"%s"},
                 "annotation":{"query":"cpu_cores{service=\\"trend-shop\\"}"}}\
                """
                    .formatted(NOW.minus(Duration.ofDays(3)), NOW))
            .json();
    assertThat(marks).isNotEmpty();
    assertThat(marks.toString()).contains(Long.toString(at(3).toEpochMilli()), "above the band");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"nonsense\"|metric",
        "\"cpu_cores{colour=\\\"red\\\"}\"|targets[0].target",
        "\"cpu_cores{service=shop}\"|targets[0].target",
        "\"cpu_cores{percentile=\\\"most\\\"}\"|targets[0].target",
        "\"cpu_cores\",\"payload\":{\"colour\":\"red\"}|targets[0].payload",
        "null|targets[0].target"
      })
  void grafana_badTargets_areNamed(String target, String field) {
    HttpProbe.Answer answer = service.http().post("/metrics/grafana/query", grafana(target));

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
    assertThat(service.http().post("/metrics/grafana/query", "{}").status()).isEqualTo(400);
    assertThat(service.http().post("/metrics/grafana/query", "[").status()).isEqualTo(400);
  }
}
