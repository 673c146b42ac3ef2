package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.testkit.HttpProbe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** {@code catnap up} as a process of its own, with the flags of the launcher. */
final class CatnapProgram implements AutoCloseable {
  private static final Duration STATE_LIMIT = Duration.ofSeconds(30);
  private static final String READY = "ready ";

  private final Process process;
  private final Path output;
  private HttpProbe http;

  private CatnapProgram(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Manages local processes, on a free port. */
  static CatnapProgram up(Path data, Path services, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx192m",
                "-Xss512k",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Catnap.class.getName(),
                "up",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--services",
                services.toString(),
                "--runtime",
                "process"));
    command.addAll(List.of(more));
    Path output = Files.createTempFile(data, "up", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("MALLOC_ARENA_MAX", "2");
    return new CatnapProgram(builder.redirectOutput(output.toFile()).start(), output);
  }

  void awaitReady(Duration limit) {
    Awaitility.await("ready")
        .atMost(limit)
        .pollInterval(Duration.ofMillis(50))
        .until(() -> readyLine().isPresent() || !process.isAlive());
    String address =
        readyLine().orElseThrow(() -> new AssertionError(output())).substring(READY.length());
    http = new HttpProbe(address);
  }

  private Optional<String> readyLine() {
    return output().lines().filter(line -> line.startsWith(READY)).findFirst();
  }

  /** What it printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  HttpProbe http() {
    return http;
  }

  long pid() {
    return process.pid();
  }

  JsonNode get(String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(path + ": " + answer.body()).isEqualTo(200);
    return answer.json();
  }

  void awaitState(String service, String state) {
    Awaitility.await(service + " is " + state)
        .atMost(STATE_LIMIT)
        .pollInterval(Duration.ofMillis(50))
        .untilAsserted(() ->
            assertThat(
                    http.get("/services/" + service + "/status").json().path("state").asString(""))
                .isEqualTo(state));
  }

  /** kill -9. */
  void kill() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** SIGTERM; returns the exit code. */
  int terminate() {
    process.destroy();
    return awaitEnd();
  }

  private int awaitEnd() {
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(output()).isTrue();
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    if (http != null) {
      http.close();
    }
  }
}
