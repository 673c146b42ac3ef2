package dev.catnap.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import dev.catnap.events.Action;
import dev.catnap.events.Command;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.testkit.FreePorts;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.TemporaryDirectory;
import dev.catnap.testkit.WithKafka;
import dev.catnap.testkit.docker.RequiresDocker;
import dev.catnap.testkit.docker.Workload;
import dev.catnap.testkit.docker.Workloads;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * When a start counts as done, on real containers: each listens or serves two seconds after it was
 * started only, and is not told to run before. All are started at once, as all take their time.
 */
@RequiresDocker
@WithKafka
class ReadinessOnDockerTest {
  private static final Duration BUSY_STARTING = Duration.ofSeconds(2);

  /** Well as long as there is the file {@code /ready}. */
  private static final String WELL_IF_READY =
      """
      mkdir /www/cgi-bin
      cat > /www/cgi-bin/health <<'END'
      #!/bin/sh
      if [ -f /ready ]; then echo 'Status: 200 OK'; else echo 'Status: 500 Not yet'; fi
      echo
      END
      chmod +x /www/cgi-bin/health
      httpd -p 8080 -h /www
      sleep 2; touch /ready; sleep 600
      """;

  private static final String LISTENS_AT_ONCE =
      "httpd -p 8080 -h /www; sleep 2; touch /ready; sleep 600";
  private static final String LISTENS_LATE = "sleep 2; httpd -f -p 8080 -h /www";

  private static final String HTTP = "http-" + Workloads.runId();
  private static final String HEALTH = "health-" + Workloads.runId();
  private static final String TCP = "tcp-" + Workloads.runId();
  private static final int PUBLISHED = FreePorts.one();

  private static Actuator actuator;
  private static final Map<String, Command> wakes = new HashMap<>();

  @BeforeAll
  static void start(KafkaServer kafka) throws IOException {
    actuator = Actuator.onDocker(kafka);
    define(HTTP, WELL_IF_READY, Map.of("readiness", Map.of("http", "/cgi-bin/health")));
    define(HEALTH, LISTENS_AT_ONCE, Map.of("image", imageWithHealthCheck()));
    define(TCP, LISTENS_LATE, Map.of("publish", "127.0.0.1:" + PUBLISHED));
    for (String service : List.of(HTTP, HEALTH, TCP)) {
      actuator.awaitState(service, RunState.STOPPED);
      wakes.put(service, actuator.command(Action.WAKE, service));
    }
  }

  @AfterAll
  static void stop() {
    // Still defined, another test's actuator on this broker would make them anew.
    List.of(HTTP, HEALTH, TCP).forEach(actuator::undefine);
    actuator.close();
    Workloads.removeAll();
  }

  private static void define(String service, String shell, Map<String, Object> more) {
    Workloads.adopt(service);
    Map<String, Object> fields = new HashMap<>();
    fields.put("image", Workloads.busyboxImage());
    fields.put("command", List.of("sh", "-c", shell));
    fields.put("port", 8080);
    fields.put("publish", "false");
    fields.putAll(more);
    actuator.define(service, fields);
  }

  private static String imageWithHealthCheck() throws IOException {
    String tag = "catnap-test/busybox-health:1";
    Path context = TemporaryDirectory.create("health-image");
    Files.writeString(
        context.resolve("Dockerfile"),
        """
        FROM %s
        HEALTHCHECK --interval=1s --timeout=5s --retries=60 CMD ["test", "-f", "/ready"]
        """
            .formatted(Workloads.busyboxImage()));
    Workloads.client()
        .buildImageCmd(context.toFile())
        .withTags(Set.of(tag))
        .exec(new BuildImageResultCallback())
        .awaitImageId(60, TimeUnit.SECONDS);
    return tag;
  }

  /** It took at least the time in which it did not serve yet. */
  private static void assertReadyOnlyWhenItServes(String service) {
    StateChange running = actuator.awaitDone(wakes.get(service), RunState.RUNNING);
    assertThat(Duration.between(running.stages().receivedAt(), running.stages().readyAt()))
        .isGreaterThan(BUSY_STARTING);
  }

  @Test
  void aFailingHttpProbe_isAskedUntilItAnswers_andNotAfterAPause() throws InterruptedException {
    assertReadyOnlyWhenItServes(HTTP);
    run(HTTP, "rm", "/ready");
    actuator.awaitDone(actuator.command(Action.SLEEP, HTTP), RunState.SLEEPING);
    Command wake = actuator.command(Action.WAKE, HTTP);
    // Asked it would say 500 for ever.
    actuator.awaitDone(wake, RunState.RUNNING);
    String address = Workloads.adopt(HTTP).url();
    try (HttpProbe probe = new HttpProbe(address)) {
      assertThat(probe.get("/cgi-bin/health").status()).isEqualTo(500);
    }
  }

  private static void run(String container, String... command) throws InterruptedException {
    String id = Workloads.client().execCreateCmd(container).withCmd(command).exec().getId();
    Workloads.client()
        .execStartCmd(id)
        .exec(new ResultCallback.Adapter<>())
        .awaitCompletion(30, TimeUnit.SECONDS);
  }

  @Test
  void theImagesHealthCheck_isBelieved_overAPortThatAccepts() {
    assertReadyOnlyWhenItServes(HEALTH);
  }

  @Test
  void thePortOfTheContainer_isAsked_andNotTheEnginesProxy() throws IOException {
    Workload workload = Workloads.adopt(TCP);
    assertReadyOnlyWhenItServes(TCP);
    // The published port is there as well, and was all the time.
    try (Socket published = new Socket("127.0.0.1", PUBLISHED);
        HttpProbe own = new HttpProbe(workload.url())) {
      assertThat(published.isConnected()).isTrue();
      assertThat(own.get("/").body()).isEqualTo("awake\n");
    }
  }
}
