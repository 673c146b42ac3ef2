package dev.catnap.metrics;

import static dev.catnap.events.RunState.RUNNING;
import static dev.catnap.events.RunState.SLEEPING;
import static dev.catnap.events.RunState.STOPPED;
import static dev.catnap.events.RunState.UNKNOWN;
import static dev.catnap.events.RunState.WAKING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.DefinitionReader;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.Resources;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.catalog.kafka.Definitions;
import dev.catnap.metrics.recommendation.Buckets;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code rec-api} was awake for a day with 0.2 cores and 100 MB, then asleep for a day; {@code
 * rec-leaky} grows by 5 MB an hour, {@code rec-mended} did until it was restarted.
 */
class RecommendationApiTest {
  private static final Instant NOW = Changes.T0.plusSeconds(7 * 3600);
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final long GB = 1_000_000_000;

  /** Of its own: weeks of records are in the way of tests that count what there is. */
  private static final KafkaServer kafka = KafkaServer.privateServer();

  private static Service service;
  private static int ids;

  @BeforeAll
  static void tellTwoDays() {
    service =
        new Service(
            kafka.bootstrapServers(),
            PostgresServer.shared().freshDatabase(),
            "recommendation-test");
    service.itIs(NOW);
    service.start("--catnap.metrics-aggregator.recommendation.watch-check=1s");
    service.publish(
        Topics.SERVICES,
        List.of(
            defined("rec-api"), defined("rec-leaky"), defined("rec-slow"), defined("rec-watched")));
    List<StateChange> changes = new ArrayList<>();
    changes.add(change("rec-api", UNKNOWN, RUNNING, hours(48), null));
    changes.add(change("rec-api", RUNNING, SLEEPING, hours(24), null));
    changes.add(change("rec-leaky", UNKNOWN, RUNNING, hours(60), null));
    changes.add(change("rec-mended", UNKNOWN, RUNNING, hours(60), null));
    changes.add(change("rec-mended", RUNNING, STOPPED, hours(10), null));
    changes.add(change("rec-mended", STOPPED, RUNNING, hours(9), null));
    changes.add(change("rec-slow", UNKNOWN, RUNNING, hours(60), null));
    changes.add(change("rec-gone", UNKNOWN, RUNNING, hours(60), null));
    changes.add(change("rec-gone", RUNNING, STOPPED, hours(50), null).asGone());
    changes.addAll(wake("rec-slow", hours(30), 50));
    service.publish(Topics.STATE_CHANGES, changes);
    List<ResourceSample> samples = new ArrayList<>();
    for (int minute = 0; minute < 2880; minute++) {
      boolean awake = minute < 1440;
      if (awake || minute % 10 == 0) {
        Instant at = hours(48).plusSeconds(60L * minute + 30);
        samples.add(sample("rec-api", at, awake ? 0.2 : 0, awake ? 100_000_000 : 30_000_000));
      }
    }
    samples.add(sample("rec-gone", hours(55), 0.1, 100_000_000));
    samples.add(sample("rec-stateless", hours(55), 0.1, 100_000_000));
    for (int hour = 0; hour < 60; hour++) {
      Instant at = hours(60).plusSeconds(3600L * hour + 90);
      samples.add(sample("rec-leaky", at, 0.1, (100 + 5 * hour) * 1_000_000L));
      samples.add(sample("rec-mended", at, 0.1, (100 + 5 * hour) * 1_000_000L));
    }
    service.publish(Topics.RESOURCE_SAMPLES, samples);
    service.publish(
        Topics.ACTIVITY,
        List.of(
            new Activity(
                "rec-api",
                NOW.minus(Duration.ofDays(3)),
                ActivityKind.REQUEST,
                1,
                null,
                null,
                null)));
    service.await(
        "SELECT sum(samples) FROM usage_day WHERE service LIKE 'rec-%'",
        Integer.toString(samples.size()));
    service.await("SELECT count(*) FROM dirty", "0");
    service.await(
        "SELECT count(*) FROM state_change WHERE service IN ('rec-slow', 'rec-gone')", "6");
    service.await("SELECT count(*) FROM activity_minute WHERE service = 'rec-api'", "1");
    await().until(() -> service.bean(Definitions.class).known("rec-watched") != null);
  }

  @AfterAll
  static void stop() {
    service.close();
    kafka.close();
  }

  private static Instant hours(int before) {
    return NOW.minus(Duration.ofHours(before));
  }

  private static ServiceDefinition defined(String name) {
    return DefinitionReader.readWritten(
        name,
        Map.of("resources", Map.of("memory", GB, "cpu", 1, "storage", 5 * GB), "port", 8080),
        ServiceDefinition.Source.API,
        hours(100));
  }

  private static StateChange change(
      String name, RunState from, RunState to, Instant at, @Nullable String failure) {
    return new StateChange(
        name + ++ids,
        name,
        name,
        "host-1",
        from,
        to,
        at,
        Reason.EXTERNAL,
        null,
        null,
        null,
        null,
        failure,
        null,
        null,
        null);
  }

  /** Three changes: asleep a minute before, waking, and awake so many milliseconds later. */
  private static List<StateChange> wake(String name, Instant at, long millis) {
    return List.of(
        change(name, RUNNING, SLEEPING, at.minusSeconds(60), null),
        change(name, SLEEPING, WAKING, at, null),
        change(name, WAKING, RUNNING, at.plusMillis(millis), null));
  }

  private static ResourceSample sample(String name, Instant at, double cores, long bytes) {
    return new ResourceSample(
        name, name, "host-1", at, 10_000, cores, 1.0, bytes, GB, 7, 10, 20, 30, 40);
  }

  private static JsonNode item(String name) {
    HttpProbe.Answer answer = service.http().get("/metrics/recommendations?service=" + name);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().get("items").get(0);
  }

  private static JsonNode apply(String name, String body) {
    HttpProbe.Answer answer =
        service.http().post("/metrics/recommendations/" + name + "/apply", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer.json();
  }

  private static Resources resources(String name) {
    return service.bean(Definitions.class).known(name).container().resources();
  }

  private static JsonNode awaitApplied(String name, String status) {
    String path = "/metrics/recommendations/applied?service=" + name;
    await(name + " " + status)
        .atMost(SOON)
        .until(
            () -> service.http().get(path).json().get("items").get(0).get("status").asString(),
            status::equals);
    return service.http().get(path).json().get("items").get(0);
  }

  /** A day awake: c = 1. Every percentile is the end of the bucket of 0.2 cores, or of 100 MB. */
  @Test
  void sizes_areOfTimeAwake() {
    JsonNode item = item("rec-api");
    JsonNode cpu = item.get("cpuCores");
    double cores = Buckets.CPU.answer(Buckets.CPU.of(0.2));
    double bytes = Buckets.MEMORY.answer(Buckets.MEMORY.of(1e8));

    assertThat(item.get("confidence").asDouble()).isEqualTo(1, within(0.002));
    assertThat(cpu.get("target").asDouble()).isEqualTo(1.15 * cores, within(1e-6));
    assertThat(cpu.get("lower").asDouble())
        .isEqualTo(1.15 * cores * Math.pow(1.001, -2), within(1e-4));
    assertThat(cpu.get("upper").asDouble()).isEqualTo(1.15 * cores * 2, within(0.002));
    assertThat(cpu.get("fit").asString()).isEqualTo("over");
    assertThat(cpu.get("used").asDouble()).isEqualTo(0.2, within(1e-3));
    assertThat(item.get("memoryBytes").get("target").asDouble())
        .isEqualTo(1.15 * bytes, within(1.0));
    assertThat(item.get("efficiency").get("cpu").asDouble()).isEqualTo(0.2, within(1e-3));
    JsonNode saves = item.get("saves");
    assertThat(saves.get("awakeHoursMonthly").asDouble()).isEqualTo(360, within(0.1));
    assertThat(saves.get("monthly").asDouble())
        .isEqualTo(
            360 * ((1 - 1.15 * cores) * 0.05 + (1 - 1.15 * bytes / 1e9) * 0.01), within(0.01));
  }

  @Test
  void aServiceNobodyUsed_isToldSo_andDiagnosed() {
    JsonNode item = item("rec-api");

    assertThat(item.get("retire").get("level").asInt()).isEqualTo(2);
    assertThat(item.get("retire").get("days").asInt()).isEqualTo(3);
    assertThat(item.get("diagnosis").get("severity").asString()).isEqualTo("info");
    assertThat(item.get("diagnosis").get("issues").get(0).get("code").asString())
        .isEqualTo("no_health_check");
  }

  @Test
  void aLeak_isTold_andForgottenWithARestart() {
    JsonNode leak = item("rec-leaky").get("leak");

    assertThat(leak.get("bytesPerHour").asDouble()).isEqualTo(5e6, within(1.0));
    // From 100 MB to 1000 MB: 180 h.
    assertThat(Instant.parse(leak.get("limitReachedAt").asString()))
        .isBetween(hours(60).plus(Duration.ofHours(179)), hours(60).plus(Duration.ofHours(181)));
    assertThat(item("rec-mended").has("leak")).isFalse();
    JsonNode all = service.http().get("/metrics/recommendations").json();
    assertThat(all.get("leaks").toString()).contains("rec-leaky").doesNotContain("rec-mended");
    assertThat(all.get("retire").toString()).contains("rec-api");
  }

  @Test
  void nothingIsRecommendedForWhatIsGone() {
    JsonNode all = service.http().get("/metrics/recommendations").json();
    assertThat(all.get("items").toString())
        .contains("\"rec-mended\"", "\"rec-stateless\"")
        .doesNotContain("rec-gone");
  }

  @Test
  void withinAMinute_itIsTheSameAnswer() {
    String path = "/metrics/recommendations?service=rec-leaky";
    String etag = service.http().get(path).header("ETag").orElseThrow();
    HttpProbe.Answer again = service.http().get(path, Map.of("If-None-Match", etag));
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void lists_page() {
    JsonNode first = service.http().get("/metrics/recommendations?limit=1").json();
    JsonNode second =
        service
            .http()
            .get("/metrics/recommendations?limit=1&cursor=" + first.get("nextCursor").asString())
            .json();
    assertThat(first.get("items")).hasSize(1);
    assertThat(second.get("items").get(0).get("service").asString())
        .isGreaterThan(first.get("items").get(0).get("service").asString());
  }

  @Test
  void applied_thenKilledForMemory_itIsUndone() {
    JsonNode applied = apply("rec-api", "");
    long target =
        (long) Math.ceil(1.15 * Buckets.MEMORY.answer(Buckets.MEMORY.of(1e8)) / (1 << 20));

    assertThat(applied.get("status").asString()).isEqualTo("watched");
    assertThat(applied.get("after").get("memoryBytes").asLong()).isEqualTo(target << 20);
    assertThat(applied.get("before").get("memoryBytes").asLong()).isEqualTo(GB);
    await().atMost(SOON).until(() -> resources("rec-api").memoryBytes() == target << 20);
    assertThat(resources("rec-api").cpuCores()).isEqualTo(0.25, within(0.02));
    assertThat(resources("rec-api").storageBytes()).isEqualTo(5 * GB);
    assertThat(service.bean(Definitions.class).known("rec-api").port()).isEqualTo(8080);

    service.publish(
        Topics.STATE_CHANGES,
        List.of(
            change(
                "rec-api",
                RUNNING,
                WAKING,
                NOW.plusSeconds(60),
                "exited with 137, out of memory")));
    JsonNode undone = awaitApplied("rec-api", "undone");
    assertThat(undone.get("reason").asString()).contains("out of memory");
    await().atMost(SOON).until(() -> resources("rec-api").memoryBytes() == GB);
    assertThat(resources("rec-api").cpuCores()).isEqualTo(1);
    assertThat(resources("rec-api").storageBytes()).isEqualTo(5 * GB);
  }

  @Test
  void applied_thenSlowToWake_itIsUndone() {
    apply("rec-slow", "{\"memory\":\"64MB\"}");
    await().atMost(SOON).until(() -> resources("rec-slow").memoryBytes() == 64L << 20);
    service.publish(Topics.STATE_CHANGES, wake("rec-slow", NOW.plusSeconds(120), 3_000));

    JsonNode undone = awaitApplied("rec-slow", "undone");
    assertThat(undone.get("reason").asString()).contains("from SLEEPING took 3000 ms");
    await().atMost(SOON).until(() -> resources("rec-slow").memoryBytes() == GB);
  }

  @Test
  void applied_andNothingFollows_itStays() {
    apply("rec-watched", "{\"memory\":\"64MB\",\"cpu\":\"500m\"}");
    service.publish(Topics.STATE_CHANGES, wake("rec-watched", NOW.plusSeconds(120), 80));
    service.await("SELECT count(*) FROM wake WHERE service = 'rec-watched'", "1");
    service.itIs(NOW.plus(Duration.ofHours(24)));
    try {
      awaitApplied("rec-watched", "kept");
    } finally {
      service.itIs(NOW);
    }
    assertThat(resources("rec-watched").cpuCores()).isEqualTo(0.5);
    HttpProbe.Answer again =
        service
            .http()
            .post(
                "/metrics/recommendations/rec-watched/apply", "{\"memory\":\"64MB\",\"cpu\":0.5}");
    assertThat(again.status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rec-none|{\"memory\":\"64MB\"}|404|service",
        "rec-api|{\"memory\":\"much\"}|400|memory",
        "rec-api|{\"memory\":\"1MB\"}|400|memory",
        "rec-api|{\"cpu\":0}|400|cpu",
        "rec-api|{\"cpu\":\"-1\"}|400|cpu",
        "rec-api|[1]|400|body",
        "%20|{}|400|service"
      })
  void badApplications_areNamed(String name, String body, int status, String field) {
    HttpProbe.Answer answer =
        service.http().post("/metrics/recommendations/" + name + "/apply", body);

    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.json().get("field").asString()).isEqualTo(field);
  }

  @Test
  void neverSeenAwake_isNoDecision() {
    HttpProbe.Answer answer = service.http().post("/metrics/recommendations/rec-nothing/apply", "");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(service.http().get("/metrics/recommendations?service=rec-none").json().get("items"))
        .isEmpty();
  }
}
