package dev.catnap.metrics;

import static dev.catnap.events.RunState.FAILED;
import static dev.catnap.events.RunState.FALLING_ASLEEP;
import static dev.catnap.events.RunState.RUNNING;
import static dev.catnap.events.RunState.SLEEPING;
import static dev.catnap.events.RunState.STOPPED;
import static dev.catnap.events.RunState.UNKNOWN;
import static dev.catnap.events.RunState.WAKING;
import static dev.catnap.metrics.Changes.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.WakeStages;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * One day of one service, by hand: running from 10:00, asleep 11:00:01 to 12:00:00, awake at
 * 12:00:00.200, stopped 14:00, woken at 15:00 in 2 s, a failed wake at 16:00:01. It is 17:00.
 */
class ApiTest {
  private static final Instant NOW = T0.plusSeconds(7 * 3600);
  private static final String DAY = "from=" + Changes.DAY + "T00:00:00Z&service=web";
  private static Service service;

  @BeforeAll
  static void tellTheDay() {
    service =
        new Service(
            KafkaServer.shared().bootstrapServers(),
            PostgresServer.shared().freshDatabase(),
            "api-test");
    service.itIs(NOW);
    service.start();
    service.publish(
        Topics.STATE_CHANGES,
        List.of(
            Changes.change("w1", UNKNOWN, RUNNING, 0),
            Changes.change("w2", RUNNING, FALLING_ASLEEP, 3600),
            Changes.change("w3", FALLING_ASLEEP, SLEEPING, 3601),
            Changes.change("w4", SLEEPING, WAKING, 7200),
            Changes.with(
                Changes.change("web", "w5", WAKING, RUNNING, T0.plusMillis(7_200_200)),
                new WakeStages(
                    T0.plusMillis(7_199_990),
                    T0.plusMillis(7_200_000),
                    T0.plusMillis(7_200_004),
                    T0.plusMillis(7_200_050),
                    T0.plusMillis(7_200_190))),
            Changes.change("w6", RUNNING, STOPPED, 4 * 3600),
            Changes.change("w7", STOPPED, WAKING, 5 * 3600),
            Changes.change("w8", WAKING, RUNNING, 5 * 3600 + 2),
            Changes.change("w9", SLEEPING, WAKING, 6 * 3600),
            Changes.change("w10", WAKING, FAILED, 6 * 3600 + 1)));
    service.publish(
        Topics.RESOURCE_SAMPLES,
        List.of(
            sample(0, 10_000, 0.2, 100),
            sample(10, 10_000, 0.4, 200),
            sample(30, 20_000, 0.1, 300),
            sample(7 * 3600 - 10, 10_000, 0.05, 50)));
    service.publish(
        Topics.ACTIVITY,
        List.of(
            new Activity("web", T0.plusSeconds(5), ActivityKind.REQUEST, 3, null, null, null),
            new Activity("web", T0.plusSeconds(6), ActivityKind.REQUEST, 1, null, null, "r-1"),
            new Activity("web", T0.plusSeconds(6), ActivityKind.REQUEST, 1, null, null, "r-1"),
            new Activity("web", T0.plusSeconds(7), ActivityKind.HEARTBEAT, 1, null, null, null)));
    service.await("SELECT count(*) FROM state_change WHERE service = 'web'", "10");
    service.await("SELECT count(*) FROM resource_sample WHERE service = 'web'", "4");
    service.await("SELECT count(*) FROM activity WHERE service = 'web'", "3");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static ResourceSample sample(long after, long windowMillis, double cores, long bytes) {
    return new ResourceSample(
        "web",
        "web",
        "host-1",
        T0.plusSeconds(after),
        windowMillis,
        cores,
        0.5,
        bytes,
        1000L,
        7,
        10,
        20,
        30,
        40);
  }

  private static JsonNode get(String path) {
    HttpProbe.Answer answer = service.http().get(path.replace("DAY", Changes.DAY.toString()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void sleepWake_countsAndTimesTheDay() {
    JsonNode item = get("/metrics/sleep-wake?" + DAY).get("items").get(0);

    assertThat(item.get("sleeps").asLong()).isEqualTo(1);
    assertThat(item.get("wakes").asLong()).isEqualTo(2);
    assertThat(item.get("failedWakes").asLong()).isEqualTo(1);
    assertThat(item.get("stops").asLong()).isEqualTo(1);
    assertThat(item.get("secondsObserved").asDouble()).isEqualTo(7 * 3600);
    assertThat(item.get("secondsSleeping").asDouble()).isEqualTo(3599);
    assertThat(item.get("secondsStopped").asDouble()).isEqualTo(3600);
    assertThat(item.get("secondsRunning").asDouble()).isEqualTo(3600 + 7199.8 + 3598);
    assertThat(item.get("secondsInTransition").asDouble()).isEqualTo(1 + 0.2 + 2 + 1);
    // The last interval is open: it counts up to now.
    assertThat(item.get("secondsFailed").asDouble()).isEqualTo(3599);
    assertThat(item.get("sleepShare").asDouble()).isEqualTo(3599.0 / 25200, within(1e-12));
  }

  @Test
  void sleepWake_tellsLatencyByTheStateWokenFrom() {
    JsonNode latency =
        get("/metrics/sleep-wake?" + DAY).get("items").get(0).get("wakeLatencyMillis");

    assertThat(latency.get("SLEEPING").get("p50").asDouble()).isEqualTo(210);
    assertThat(latency.get("STOPPED").get("max").asDouble()).isEqualTo(2000);
    assertThat(latency.get("overall").get("count").asLong()).isEqualTo(2);
    assertThat(latency.get("overall").get("p50").asDouble()).isEqualTo(210);
    assertThat(latency.get("overall").get("p99").asDouble()).isEqualTo(2000);
  }

  @Test
  void sleepWake_clipsToTheWindow() {
    JsonNode item =
        get("/metrics/sleep-wake?from=DAYT11:30:00Z&to=DAYT12:30:00Z&service=web")
            .get("items")
            .get(0);

    assertThat(item.get("sleeps").asLong()).isZero();
    assertThat(item.get("wakes").asLong()).isEqualTo(1);
    assertThat(item.get("secondsSleeping").asDouble()).isEqualTo(1800);
    assertThat(item.get("secondsObserved").asDouble()).isEqualTo(3600);
  }

  @Test
  void resources_weighsSamplesByTheirWindows() {
    JsonNode answer = get("/metrics/resources?" + DAY);
    JsonNode item = answer.get("items").get(0);

    assertThat(item.get("containers").asInt()).isEqualTo(1);
    assertThat(item.get("state").asString()).isEqualTo("FAILED");
    assertThat(item.get("samples").asLong()).isEqualTo(4);
    // (0.2x10 + 0.4x10 + 0.1x20 + 0.05x10) / 50
    assertThat(item.get("cpuCores").get("mean").asDouble()).isEqualTo(0.17, within(1e-9));
    assertThat(item.get("cpuCores").get("max").asDouble()).isEqualTo(0.4);
    assertThat(item.get("cpuCores").get("now").asDouble()).isEqualTo(0.05);
    assertThat(item.get("cpuShareOfLimit").asDouble()).isEqualTo(0.34, within(1e-9));
    // (100x10 + 200x10 + 300x20 + 50x10) / 50
    assertThat(item.get("memoryBytes").get("mean").asDouble()).isEqualTo(190);
    assertThat(item.get("memoryBytes").get("max").asDouble()).isEqualTo(300);
    assertThat(item.get("networkRxBytes").asLong()).isEqualTo(40);
    assertThat(item.get("blockWriteBytes").asLong()).isEqualTo(160);
    assertThat(item.get("pids").asLong()).isEqualTo(7);
    assertThat(answer.get("total").get("samples").asLong()).isEqualTo(4);
  }

  @Test
  void performance_tellsStagesAvailabilityAndLag() {
    JsonNode answer = get("/metrics/performance?" + DAY);

    JsonNode stages = answer.get("stagesMillis");
    assertThat(stages.get("decided").get("p50").asDouble()).isEqualTo(10);
    assertThat(stages.get("received").get("mean").asDouble()).isEqualTo(4);
    assertThat(stages.get("engine").get("p99").asDouble()).isEqualTo(46);
    assertThat(stages.get("ready").get("p50").asDouble()).isEqualTo(140);
    assertThat(answer.get("availability").get("share").asDouble())
        .isEqualTo(2.0 / 3, within(1e-12));
    assertThat(answer.get("gateOverheadMillis").get("reason").asString()).contains("gate");
    assertThat(answer.get("eventLag").get("topics")).hasSize(3);
    assertThat(answer.get("eventLag").get("topics").get(0).get("records").asLong()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "requests, 4",
    "sleeps, 1",
    "wakes, 2",
    "wake_latency_p99, 2000",
    "cpu_cores, 0.17",
    "memory_bytes, 190",
    "network_tx_bytes, 80",
    "running_containers, 0.571"
  })
  void trends_valueOverTheWindow(String metric, double expected) {
    JsonNode answer =
        get("/metrics/trends?metric=" + metric + "&service=web&from=DAYT10:00:00Z&step=1h");

    assertThat(answer.get("value").asDouble()).isEqualTo(expected, within(0.001));
    assertThat(answer.get("points")).hasSize(7);
  }

  @Test
  void trends_sayGapsAsGapsAndZerosAsZeros() {
    JsonNode sleeps =
        get("/metrics/trends?metric=sleeps&service=web&step=1h&from=DAYT09:00:00Z").get("points");
    JsonNode latency =
        get("/metrics/trends?metric=wake_latency_p50&service=web&step=1h&window=7h").get("points");

    assertThat(sleeps.get(0).get("value").isNull()).isTrue();
    assertThat(sleeps.get(1).get("value").asDouble()).isZero();
    assertThat(sleeps.get(2).get("value").asDouble()).isEqualTo(1);
    assertThat(latency.get(0).get("value").isNull()).isTrue();
    assertThat(latency.get(2).get("value").asDouble()).isEqualTo(210);
  }

  @Test
  void trends_sleepShareByTheHour() {
    JsonNode points =
        get("/metrics/trends?metric=sleep_share&service=web&step=1h&window=7h").get("points");

    assertThat(points.get(0).get("value").asDouble()).isZero();
    assertThat(points.get(1).get("value").asDouble()).isEqualTo(3599.0 / 3600, within(1e-9));
  }

  @Test
  void trends_compareWithTheWindowBefore() {
    JsonNode infinite =
        get(
            "/metrics/trends?metric=network_rx_bytes&service=web&step=1h"
                + "&from=DAYT16:00:00Z&compare=previous");
    JsonNode half =
        get(
            "/metrics/trends?metric=wakes&service=web&step=1h"
                + "&from=DAYT14:00:00Z&compare=previous");

    assertThat(infinite.get("change").get("ratio").asString()).isEqualTo("undefined");
    assertThat(half.get("change").get("ratio").asDouble()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "/metrics/resources?window=forever, window",
    "/metrics/resources?window=400d, window",
    "/metrics/resources?window=0s, window",
    "/metrics/resources?limit=0, limit",
    "/metrics/sleep-wake?from=yesterday, from",
    "/metrics/sleep-wake?from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z, from",
    "/metrics/sleep-wake?service=%20, service",
    "/metrics/performance?to=1, to",
    "/metrics/trends, metric",
    "/metrics/trends?metric=nonsense, metric",
    "/metrics/trends?metric=wakes&step=7m, step",
    "/metrics/trends?metric=wakes&step=1m&window=366d, step",
    "/metrics/trends?metric=wakes&compare=next, compare",
    "/metrics/resources?label=team, label",
    "/metrics/sleep-wake?group=%20, group"
  })
  void badParameters_areNamed(String path, String field) {
    HttpProbe.Answer answer = service.http().get(path);

    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
    assertThat(answer.header("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
  }

  @Test
  void aBadDuration_isToldAsItIsWritten() {
    assertThat(service.http().get("/metrics/trends?metric=wakes&step=7m").body())
        .contains("\"value\":\"7m\"");
  }

  @Test
  void unknownMetric_listsThoseThereAre() {
    assertThat(service.http().get("/metrics/trends?metric=x").body())
        .contains("cpu_cores", "running_containers");
  }
}
