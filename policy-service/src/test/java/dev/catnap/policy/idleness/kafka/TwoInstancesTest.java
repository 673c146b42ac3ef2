package dev.catnap.policy.idleness.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.json.Json;
import dev.catnap.events.kafka.Topics;
import dev.catnap.policy.FakeActuator;
import dev.catnap.policy.PolicyProgram;
import dev.catnap.policy.PolicyServer;
import dev.catnap.policy.idleness.LiveServices;
import dev.catnap.testkit.FreePorts;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Two instances share the services; each answers for all, and one goes on alone. */
@WithKafka
class TwoInstancesTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String APPLICATION = "two-instances-test";
  private static final List<String> SERVICES =
      IntStream.range(0, 12).mapToObj(i -> "shared-" + i).toList();

  @TempDir Path states;

  @Test
  void eachAnswersForAll_andWhenOneIsKilledTheOtherGoesOn(KafkaServer kafka) throws Exception {
    try (KafkaProbe log = kafka.probe();
        PolicyServer here = PolicyServer.start(kafka, APPLICATION, settings("here"));
        FakeActuator actuator = new FakeActuator(here);
        PolicyProgram other =
            PolicyProgram.start(kafka, APPLICATION, FreePorts.one(), settings("other"));
        HttpProbe otherHttp = new HttpProbe(other.address())) {
      here.awaitDeciding();
      SERVICES.forEach(service -> define(here, service));
      SERVICES.forEach(service -> actuator.announce(service, RunState.SLEEPING));
      awaitSharedBetween(here, otherHttp);

      SERVICES.forEach(service -> use(log, service, "first-" + service));
      awaitOneWakeEach(log, "first-");
      eachTellsOfAll(here.http());
      eachTellsOfAll(otherHttp);

      awaitAll(here, "RUNNING");
      SERVICES.forEach(service -> actuator.announce(service, RunState.SLEEPING));
      awaitAll(here, "SLEEPING");
      other.kill();
      long killed = System.nanoTime();
      SERVICES.forEach(service -> use(log, service, "second-" + service));
      awaitOneWakeEach(log, "second-");
      LoggerFactory.getLogger(TwoInstancesTest.class)
          .atWarn()
          .addKeyValue("millis", Duration.ofNanos(System.nanoTime() - killed).toMillis())
          .log("fail-over: from the kill to the last wake");
      assertThat(here.bean(LiveServices.class).size()).isGreaterThanOrEqualTo(SERVICES.size());
    }
  }

  private String[] settings(String name) {
    // However slow the machine: what is commanded once is not repeated.
    return new String[] {
      "--catnap.policy-service.state-directory=" + states.resolve(name),
      "--catnap.policy-service.instance-id=" + name,
      "--catnap.policy-service.standby-replicas=1",
      "--catnap.policy-service.session-timeout=1s",
      "--catnap.policy-service.first-retry=60s"
    };
  }

  private static void define(PolicyServer policy, String service) {
    String policyOf = "{\"sleep_policy\":{\"idle_timeout\":3600}}";
    assertThat(policy.http().put("/services/" + service, policyOf).status()).isIn(200, 201);
  }

  private static void use(KafkaProbe log, String service, String id) {
    log.send(
        Topics.ACTIVITY.name(),
        service,
        "{\"service\":\"%s\",\"id\":\"%s\"}".formatted(service, id));
  }

  /** Both have some, and none is left over. */
  private static void awaitSharedBetween(PolicyServer here, HttpProbe other) {
    LiveServices mine = here.bean(LiveServices.class);
    Awaitility.await("both have partitions")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> {
          long ours = SERVICES.stream().filter(service -> mine.get(service) != null).count();
          return ours > 0
              && ours < SERVICES.size()
              && other.get("/services/status?limit=100").status() == 200
              && here.bean(PolicyStreams.class).decides();
        });
  }

  private static void awaitAll(PolicyServer here, String state) {
    Awaitility.await("all are " + state)
        .atMost(LIMIT)
        .until(() -> {
          Map<String, String> states = states(here.http());
          return states.size() == SERVICES.size()
              && states.values().stream().allMatch(state::equals);
        });
  }

  private static Map<String, String> states(HttpProbe http) {
    Map<String, String> found = new TreeMap<>();
    for (JsonNode item : http.get("/services/status?limit=100").json().path("items")) {
      if (SERVICES.contains(item.path("service").asString(""))) {
        found.put(item.path("service").asString(""), item.path("state").asString(""));
      }
    }
    return found;
  }

  /** The last use is known to the instance alone that has the partition: topics do not tell it. */
  private static void eachTellsOfAll(HttpProbe http) {
    Awaitility.await("told by " + http)
        .atMost(LIMIT)
        .untilAsserted(() -> {
          for (String service : SERVICES) {
            JsonNode one = http.get("/services/" + service + "/status").json();
            assertThat(one.path("lastActivity").asString("")).as(service).isNotEmpty();
          }
          int inTheList = 0;
          for (JsonNode item : http.get("/services/status?limit=100").json().path("items")) {
            boolean told = !item.path("lastActivity").asString("").isEmpty();
            inTheList += told && SERVICES.contains(item.path("service").asString("")) ? 1 : 0;
          }
          assertThat(inTheList).isEqualTo(SERVICES.size());
        });
  }

  /** A decision that is made again after a fail-over has the same id, and counts once. */
  private static void awaitOneWakeEach(KafkaProbe log, String cause) {
    Awaitility.await("a wake for each")
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          Map<String, String> wakes = new TreeMap<>();
          log.readAll(Topics.COMMANDS.name()).stream()
              .map(message -> Json.MAPPER.readTree(message.value()))
              .filter(command -> command.path("causedBy").asString("").startsWith(cause))
              .forEach(command ->
                  wakes.merge(
                      command.path("service").asString(""),
                      command.path("id").asString(""),
                      (a, b) -> a.equals(b) ? a : a + " and " + b));
          assertThat(wakes.keySet()).containsAll(SERVICES);
          assertThat(wakes.values()).noneMatch(id -> id.contains(" and "));
        });
  }
}
