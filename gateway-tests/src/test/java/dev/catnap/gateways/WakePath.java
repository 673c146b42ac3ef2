package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.actuator.ContainerActuatorConfiguration;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.TopicFollower;
import dev.catnap.events.kafka.Topics;
import dev.catnap.ingest.ActivityIngestConfiguration;
import dev.catnap.policy.PolicyServiceConfiguration;
import dev.catnap.testkit.AtJvmEnd;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.TemporaryDirectory;
import dev.catnap.testkit.docker.DockerEngine;
import dev.catnap.testkit.docker.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

/**
 * The real gate and what wakes services for it: activity-ingest, policy-service and
 * container-actuator, on a real broker and the machine's Docker engine. One for all tests of this
 * JVM; it manages the containers of these tests only.
 */
final class WakePath {

  static final Duration SOON = Duration.ofSeconds(60);

  /** A little more than the gate's report-every. */
  private static final Duration REPORTED = Duration.ofMillis(700);

  private static WakePath shared;

  private final HttpProbe http;
  private final int port;
  private final List<StateChange> changes = new CopyOnWriteArrayList<>();

  /** As the one process composes them, without history and cost. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  @Import({
    ActivityIngestConfiguration.class,
    PolicyServiceConfiguration.class,
    ContainerActuatorConfiguration.class
  })
  static class Parts {}

  private WakePath(KafkaServer kafka) {
    SpringApplication application = new SpringApplication(Parts.class);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(Map.of("catnap.default-port", 0));
    ConfigurableApplicationContext context =
        application.run(
            "--catnap.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--catnap.kafka.partitions=1",
            "--catnap.policy-service.state-directory=" + TemporaryDirectory.create("policy"),
            "--catnap.container-actuator.docker-host=" + DockerEngine.get().host(),
            "--catnap.container-actuator.host=gateway-tests-" + Workloads.runId(),
            "--catnap.container-actuator.required-labels["
                + Workloads.LABEL
                + "]="
                + Workloads.runId(),
            "--catnap.container-actuator.sample-interval=500ms",
            // A fast machine starts a container within the usual moment: no page would be seen.
            "--catnap.activity-ingest.gate.page-after=0ms");
    port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    http = new HttpProbe("http://127.0.0.1:" + port);
    TopicFollower<StateChange> follower = follow(kafka);
    AtJvmEnd.run(() -> {
      follower.close();
      http.close();
      context.close();
    });
    await("everything is up")
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () -> http.get("/health").status() == 200 && http.get("/gate/nobody").status() == 404);
  }

  /** Started at the first call, stopped at the JVM's end. */
  static synchronized WakePath shared() {
    if (shared == null) {
      shared = new WakePath(KafkaServer.shared());
    }
    return shared;
  }

  private TopicFollower<StateChange> follow(KafkaServer kafka) {
    return new TopicFollower<>(
            Topics.STATE_CHANGES,
            () ->
                new KafkaConsumer<>(
                    Map.of("bootstrap.servers", kafka.bootstrapServers()),
                    new StringDeserializer(),
                    new ByteArrayDeserializer()),
            null,
            (record, change) -> {
              if (change != null) {
                changes.add(change);
              }
            })
        .start();
  }

  /** Where the gate and the API of the services listen. */
  int port() {
    return port;
  }

  HttpProbe http() {
    return http;
  }

  /** All changes of a service that were told so far, in their order. */
  List<StateChange> changesOf(String service) {
    return changes.stream().filter(change -> change.service().equals(service)).toList();
  }

  void awaitState(String service, RunState state) {
    await(service + " is " + state)
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> {
          HttpProbe.Answer answer = http.get("/services/" + service + "/status");
          assertThat(answer.body()).contains("\"state\":\"" + state + "\"");
        });
    // The gate reads the log by itself.
    await(service + " is " + state + " for the gate")
        .atMost(SOON)
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(() ->
            assertThat(http.get("/gate/" + service + "?mode=reason").header("Catnap-State"))
                .hasValue(state.name()));
  }

  /**
   * Puts to sleep or stops by hand, and waits until it is. Not before the gate has reported the
   * requests that there were: heard of later they would wake it again, or end the descent.
   */
  void bring(String service, RunState down) {
    String how = down == RunState.SLEEPING ? "sleep" : "stop";
    await(service + " is brought down to " + down)
        .atMost(SOON)
        .pollDelay(REPORTED)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> http.post("/services/" + service + "/" + how + "?wait=5s", "").status() == 200);
    awaitState(service, down);
  }
}
