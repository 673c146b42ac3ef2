package dev.catnap.policy.idleness.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.json.Json;
import dev.catnap.events.kafka.Topics;
import dev.catnap.policy.PolicyServer;
import dev.catnap.policy.idleness.Fixtures;
import dev.catnap.policy.idleness.LiveServices;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** What sleeps is known after a restart with an empty state directory, because the log knows it. */
@WithKafka
class RestartTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir Path state;

  private PolicyServer start(KafkaServer kafka) {
    return PolicyServer.start(
            kafka, "restart-test", "--catnap.policy-service.state-directory=" + state)
        .awaitDeciding();
  }

  @Test
  void afterARestart_itWakesWhatSleepsAndPutsNothingToSleepTooEarly(KafkaServer kafka)
      throws Exception {
    try (KafkaProbe log = kafka.probe()) {
      try (PolicyServer policy = start(kafka)) {
        define(policy, "sleeper");
        define(policy, "runner");
        change(log, "sleeper", RunState.SLEEPING, Instant.now().minusSeconds(600));
        change(log, "runner", RunState.RUNNING, Instant.now().minusSeconds(600));
        awaitState(policy, "sleeper", RunState.SLEEPING);
        awaitState(policy, "runner", RunState.RUNNING);
      }
      FileSystemUtils.deleteRecursively(state);
      Files.createDirectories(state);
      Instant restarted = Instant.now();
      try (PolicyServer policy = start(kafka)) {
        awaitState(policy, "sleeper", RunState.SLEEPING);
        // Without a key: it is on any partition, and is sent on to that of its service.
        log.send(Topics.ACTIVITY.name(), null, "{\"service\":\"sleeper\",\"id\":\"r1\"}");
        String wake =
            log.awaitFirst(
                    Topics.COMMANDS.name(),
                    SOON,
                    m -> "sleeper".equals(m.key()) && m.value().contains("WAKE"))
                .value();
        assertThat(wake).contains("\"causedBy\":\"r1\"").contains("\"rule\":\"demand\"");
        String sleep =
            log.awaitFirst(
                    Topics.COMMANDS.name(),
                    SOON,
                    m -> "runner".equals(m.key()) && m.value().contains("SLEEP"))
                .value();
        Instant slept = Instant.parse(Json.MAPPER.readTree(sleep).get("at").asString());
        assertThat(Duration.between(restarted, slept)).isGreaterThan(Duration.ofSeconds(2));
      }
    }
  }

  private static void define(PolicyServer policy, String service) {
    HttpProbe.Answer answer =
        policy
            .http()
            .put(
                "/services/" + service,
                "{\"sleep_policy\":{\"idle_timeout\":2,\"min_sleep_time\":0}}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.body()).contains("\"name\":\"" + service + "\"");
    assertThat(policy.http().get("/services/" + service).json().get("source").asString())
        .isEqualTo(ServiceDefinition.Source.API.toString());
  }

  private static void change(KafkaProbe log, String service, RunState to, Instant at) {
    StateChange change = Fixtures.change(service, to, at);
    log.send(
        Topics.STATE_CHANGES.name(),
        service,
        new String(Topics.STATE_CHANGES.codec().write(change), StandardCharsets.UTF_8));
  }

  private static void awaitState(PolicyServer policy, String service, RunState state) {
    LiveServices live = policy.bean(LiveServices.class);
    Awaitility.await(service + " " + state)
        .atMost(SOON)
        .until(() -> {
          LiveServices.Live known = live.get(service);
          return known != null && known.facts().state().runState() == state;
        });
  }
}
