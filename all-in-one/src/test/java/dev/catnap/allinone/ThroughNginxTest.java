package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.FreePorts;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.RequiresProgram;
import dev.catnap.testkit.TemporaryDirectory;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * The main job on real parts: a request that comes through nginx to a container that is not awake
 * is held, the container is woken through the log, the request is answered, and the history and the
 * cost of it can be read.
 */
@RequiresDocker
@RequiresProgram("nginx")
class ThroughNginxTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String PAUSED = "paused-" + Workloads.runId();
  private static final String STOPPED = "stopped-" + Workloads.runId();
  private static final String DEFINED = "defined-" + Workloads.runId();

  private static final Path data = TemporaryDirectory.create("all-in-one");
  private static CatnapFixture catnap;
  private static NginxGateway nginx;
  private static HttpProbe outside;
  private static Map<String, Integer> ports;

  @BeforeAll
  static void start() throws IOException {
    List<Integer> free = FreePorts.many(3);
    ports = Map.of(PAUSED, free.get(0), STOPPED, free.get(1), DEFINED, free.get(2));
    catnap = CatnapFixture.withDocker(data);
    nginx = NginxGateway.start(catnap.address(), ports);
    outside = nginx.probe();
  }

  @AfterAll
  static void stop() {
    outside.close();
    nginx.close();
    catnap.close();
    Workloads.removeAll();
  }

  private static Workload labelled(String service) {
    return Workloads.web()
        .named("catnap-test-" + service)
        .label("catnap.enable", "true")
        .label("catnap.service", service)
        .label("catnap.port", "8080")
        .label("catnap.idle-timeout", "2s")
        .label("catnap.min-sleep-time", "0")
        .published(ports.get(service))
        .start();
  }

  @Test
  void aContainerThatFellAsleepByItselfAnswers() {
    Workload workload = labelled(PAUSED);
    catnap.awaitState(PAUSED, "SLEEPING", LIMIT);
    assertThat(workload.state()).isEqualTo("paused");

    HttpProbe.Answer answer = outside.get("/" + PAUSED + "/");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("awake\n");
    assertToldBy(PAUSED, "SLEEPING");
  }

  @Test
  void aContainerThatIsStoppedAnswers() {
    Workload workload = labelled(STOPPED);
    workload.awaitHttp(LIMIT);
    Awaitility.await("adopted").atMost(LIMIT).until(() -> !catnap.state(STOPPED).isEmpty());
    assertThat(catnap.http().post("/services/" + STOPPED + "/stop?wait=20s", "").status())
        .isEqualTo(200);
    assertThat(workload.state()).isEqualTo("exited");

    HttpProbe.Answer answer = outside.get("/" + STOPPED + "/");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertToldBy(STOPPED, "STOPPED");
  }

  @Test
  void aContainerThatIsOnlyDefinedAnswers() {
    Workloads.adopt(DEFINED);
    HttpProbe.Answer defined =
        catnap
            .http()
            .put(
                "/services/" + DEFINED,
                """
                {"image": "%s", "port": 8080, "publish": "127.0.0.1:%d", "auto_start": false,
                 "resources": {"memory": "32MB", "cpu": "0.5"},
                 "sleep_policy": {"idle_timeout": "1h"}}
                """
                    .formatted(Workloads.busyboxImage(), ports.get(DEFINED)));
    assertThat(defined.status()).as(defined.body()).isBetween(200, 202);
    catnap.awaitState(DEFINED, "STOPPED", LIMIT);

    HttpProbe.Answer answer = outside.get("/" + DEFINED + "/");

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertToldBy(DEFINED, "STOPPED");
  }

  /** The interval it was asleep and what that saved are rows, and the APIs tell them. */
  private static void assertToldBy(String service, String wokenFrom) {
    Awaitility.await("history and cost of " + service)
        .atMost(LIMIT)
        .untilAsserted(() -> {
          JsonNode history = item("/metrics/sleep-wake?service=" + service, "service", service);
          assertThat(history.path("wakes").asLong(0)).isEqualTo(1);
          assertThat(history.path("wakeLatencyMillis").path(wokenFrom).path("count").asLong(0))
              .isEqualTo(1);
          assertThat(
                  history.path("secondsSleeping").asDouble(0)
                      + history.path("secondsStopped").asDouble(0))
              .isPositive();
          JsonNode cost = item("/metrics/cost?service=" + service, "name", service);
          assertThat(cost.path("baseline").isNumber()).as(cost.toString()).isTrue();
        });
  }

  private static JsonNode item(String path, String key, String value) {
    for (JsonNode item : catnap.get(path).path("items")) {
      if (item.path(key).asString("").equals(value)) {
        return item;
      }
    }
    throw new AssertionError(path + " has no " + value);
  }
}
