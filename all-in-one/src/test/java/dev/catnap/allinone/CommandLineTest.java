package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.embedded.DirectoryLock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees at the terminal, with nothing running. */
class CommandLineTest {
  /** What a command line printed and how it ended. */
  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome run(String... arguments) {
    PrintStream formerOut = System.out;
    PrintStream formerErr = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Catnap.run(arguments);
      return new Outcome(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(formerOut);
      System.setErr(formerErr);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"up", "demo", "status", "wake", "sleep", "replay", "import", "rates", "doctor"})
  void everyCommandHasHelp(String command) {
    Outcome outcome = run(command, "--help");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).startsWith("Usage: catnap " + command);
  }

  @Test
  void whatIsNotUnderstoodIsTwo() {
    assertThat(run("nap").exitCode()).isEqualTo(2);
    assertThat(run("wake").err()).contains("NAME");
    assertThat(run("up", "--port", "many").exitCode()).isEqualTo(2);
    assertThat(run("wake", "shop", "--wait", "soon").err()).contains("no duration such as 10s");
    assertThat(run("replay", "--from", "October").err()).contains("no date such as 2026-10-01");
    assertThat(run("import").err()).contains("FILE");
    assertThat(run("rates").err()).contains("FILE");
    assertThat(run().exitCode()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "wake shop", "sleep shop", "replay --from 2026-10-01"})
  void withoutCatnapACommandSaysSoInOneLine(String command) throws IOException {
    int port = unusedPort();
    Outcome outcome = run((command + " --port " + port).split(" "));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .contains("no Catnap answers at http://127.0.0.1:" + port)
        .contains("./catnap up");
  }

  @Test
  void aUsedPortIsOneLine(@TempDir Path data) throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Outcome outcome = up(data, "--port", Integer.toString(taken.getLocalPort()));
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err().lines())
          .singleElement()
          .asString()
          .contains("127.0.0.1:" + taken.getLocalPort() + " cannot be listened on");
    }
  }

  @Test
  void aFileInPlaceOfTheDataDirectoryIsOneLine(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("data"), "no directory");
    Outcome outcome = up(file, "--port", "0");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines()).singleElement().asString().contains("is not a directory");
  }

  @Test
  void aDemoLeavesOneThatRunsAlone(@TempDir Path data) {
    try (DirectoryLock runs = DirectoryLock.acquire(data, "Catnap")) {
      Outcome outcome = run("demo", "--data", data.toString(), "--port", "0");
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err()).contains("is in use by process");
      assertThat(outcome.out()).doesNotContain("removed");
      assertThat(data.resolve("services.yml")).doesNotExist();
    }
  }

  @Test
  void anUnreachableBrokerIsOneLine(@TempDir Path data) throws IOException {
    Outcome outcome =
        up(data, "--port", "0", "--kafka", "127.0.0.1:" + unusedPort(), "--postgres", "jdbc:none:");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .containsAnyOf("no Kafka broker", "no PostgreSQL");
  }

  @Test
  void aMissingFileOfServicesIsOneLine(@TempDir Path data) {
    Outcome outcome = up(data, "--services", data.resolve("none.yml").toString());
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines()).singleElement().asString().contains("none.yml");
  }

  private static Outcome up(Path data, String... more) {
    String[] arguments = new String[more.length + 5];
    System.arraycopy(
        new String[] {"up", "--data", data.toString(), "--runtime", "process"}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    return run(arguments);
  }

  @Test
  void doctorWorksWithNothingRunning(@TempDir Path data) throws IOException {
    Outcome outcome =
        run("doctor", "--data", data.toString(), "--port", Integer.toString(unusedPort()));
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("jdk", "memory", "swap", "disk", "data", "port");
  }

  @Test
  void doctorFailsWhenAnOutsideBrokerIsAway(@TempDir Path data) throws IOException {
    int port = unusedPort();
    Outcome outcome =
        run("doctor", "--data", data.toString(), "--kafka", "127.0.0.1:" + port, "--json");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.out()).contains("\"subject\":\"kafka\",\"level\":\"fail\"");
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
