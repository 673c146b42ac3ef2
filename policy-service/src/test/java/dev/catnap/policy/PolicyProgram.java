package dev.catnap.policy;

import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The service as a process of its own, which can be killed. */
public final class PolicyProgram implements AutoCloseable {
  private final Process process;
  private final int port;

  private PolicyProgram(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Started and deciding. */
  public static PolicyProgram start(
      KafkaServer kafka, String applicationId, int port, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                PolicyServiceApplication.class.getName(),
                "--catnap.port=" + port,
                "--logging.level.root=warn",
                "--catnap.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
                "--catnap.policy-service.application-id=" + applicationId));
    command.addAll(Arrays.asList(more));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .start();
    PolicyProgram program = new PolicyProgram(process, port);
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    program.awaitDeciding();
    return program;
  }

  private void awaitDeciding() {
    try (HttpProbe http = new HttpProbe(address())) {
      Awaitility.await("the other instance decides")
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .ignoreExceptions()
          .until(() -> http.get("/health").body().contains("\"UP\""));
    }
  }

  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** As {@code kill -9}: it says no goodbye to the group. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("does not end");
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
