package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.TemporaryDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole way over the log, from the gate to the engine and back, with many at the same time. */
class ManyAtOnceTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final List<String> MANY =
      IntStream.range(0, 100).mapToObj(i -> "many-" + i).toList();
  private static final String FLOODED = "flooded";
  private static final String TRACED = "traced";
  private static final Path data = TemporaryDirectory.create("many-at-once");

  private static TraceCollector collector;
  private static CatnapFixture catnap;

  @BeforeAll
  static void start() throws IOException {
    collector = new TraceCollector();
    String services =
        Stream.concat(MANY.stream(), Stream.of(FLOODED, TRACED))
            .map(
                "  %s: { image: in-memory, auto_start: false, sleep_policy: { idle_timeout: 1h } }\n"
                    ::formatted)
            .collect(Collectors.joining("", "services:\n", ""));
    // However slow the machine: what is commanded once is not repeated.
    catnap =
        CatnapFixture.withProcesses(
            data,
            Files.writeString(data.resolve("services.yml"), services),
            Map.of(
                "catnap.container-actuator.runtime", "memory",
                "catnap.tracing.endpoint", collector.endpoint(),
                "catnap.tracing.send-every", "100ms",
                "catnap.policy-service.first-retry", "60s"));
    Awaitility.await("all are known to rest")
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(resting()).hasSize(102));
  }

  @AfterAll
  static void stop() {
    catnap.close();
    collector.close();
  }

  private static Set<String> resting() {
    Set<String> names = new TreeSet<>();
    for (JsonNode item : catnap.get("/services/status?limit=1000").path("items")) {
      if (item.path("state").asString("").equals("STOPPED")) {
        names.add(item.path("service").asString(""));
      }
    }
    return names;
  }

  @Test
  void hundredServicesAskedForAtTheSameMoment_areAllAnswered_eachWithOneWake() {
    assertThat(ask(MANY)).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    Map<String, Set<String>> wakes = wakes();
    assertThat(wakes.keySet()).containsAll(MANY);
    assertThat(MANY).allSatisfy(service -> assertThat(wakes.get(service)).hasSize(1));
  }

  @Test
  void fiveHundredRequestsToOneSleeper_areAllAnswered_withOneWake() {
    List<String> storm = IntStream.range(0, 500).mapToObj(i -> FLOODED).toList();
    assertThat(ask(storm)).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    assertThat(wakes().get(FLOODED)).hasSize(1);
  }

  @Test
  void aWakeIsOneTraceFromTheGatewayToTheEngine_andItsStagesAreInTheMetrics() {
    new TraceOfAWake(catnap, collector, TRACED).isOneFromTheGatewayToTheEngine();
    stagesAreInTheMetrics();
  }

  private static void stagesAreInTheMetrics() {
    String metrics = catnap.http().get("/actuator/prometheus").body();
    for (String stage :
        List.of("request", "decided", "received", "engine", "ready", "told", "answered")) {
      assertThat(metrics)
          .containsPattern("catnap_wake_stage_seconds_count\\{stage=\"" + stage + "\"\\} [1-9]")
          .contains("catnap_wake_stage_seconds_bucket{stage=\"" + stage + "\",le=\"0.05\"}");
    }
  }

  private static List<HttpProbe.Answer> ask(List<String> services) {
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<HttpProbe.Answer>> asked =
          services.stream()
              .map(service ->
                  CompletableFuture.supplyAsync(
                      () -> catnap.http().get("/gate/" + service + "?timeout=60s"), clients))
              .toList();
      return asked.stream().map(CompletableFuture::join).toList();
    }
  }

  /** The ids of the commands to wake that the actuator had, by service. */
  private static Map<String, Set<String>> wakes() {
    Map<String, Set<String>> wakes = new TreeMap<>();
    for (JsonNode entry : catnap.get("/containers/audit?limit=1000").path("items")) {
      if (entry.path("action").asString("").equals("WAKE")) {
        wakes
            .computeIfAbsent(entry.path("service").asString(""), service -> new TreeSet<>())
            .add(entry.path("commandId").asString(""));
      }
    }
    return wakes;
  }
}
