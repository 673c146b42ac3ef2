package dev.catnap.gateways;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.testkit.AtJvmEnd;
import dev.catnap.testkit.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A gateway that runs on the files of {@code deploy/gateways}, only the ports changed. */
final class GatewayProcess implements AutoCloseable {

  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final int STOP_LIMIT_SECONDS = 10;
  private static final Pattern NUMBER = Pattern.compile("\\b[0-9]{1,9}\\b");

  private final Path directory;
  private final Process process;

  /**
   * Returns when the gateway accepts connections.
   *
   * @param ports the ports in the files, and the ones to put in their place
   */
  GatewayProcess(Gateway gateway, Map<Integer, Integer> ports, int listens) {
    this(gateway, ports, Map.of(), listens);
  }

  /**
   * As above.
   *
   * @param names the services in the files, and the ones to put in their place
   */
  GatewayProcess(
      Gateway gateway, Map<Integer, Integer> ports, Map<String, String> names, int listens) {
    directory = TemporaryDirectory.create(gateway.directory());
    try {
      copy(DeployFiles.directory(gateway.directory()), ports, names);
      ProcessBuilder builder =
          new ProcessBuilder(gateway.command(directory))
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log().toFile());
      builder.environment().put("XDG_CONFIG_HOME", directory.toString());
      builder.environment().put("XDG_DATA_HOME", directory.toString());
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtJvmEnd.run(this::close);
    await()
        .atMost(START_LIMIT)
        .failFast(() -> assertThat(process.isAlive()).as(this::output).isTrue())
        .until(() -> accepts(listens));
  }

  String output() {
    try {
      return Files.readString(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path log() {
    return directory.resolve("output.log");
  }

  private void copy(Path from, Map<Integer, Integer> ports, Map<String, String> names)
      throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(from)) {
      for (Path file : files) {
        Path copy = directory.resolve(file.getFileName());
        String text = withPorts(Files.readString(file), ports);
        for (Map.Entry<String, String> name : names.entrySet()) {
          text = text.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
        }
        Files.writeString(copy, text);
      }
    }
  }

  private static String withPorts(String text, Map<Integer, Integer> ports) {
    return NUMBER
        .matcher(text)
        .replaceAll(number -> {
          Integer port = ports.get(Integer.valueOf(number.group()));
          return port == null ? number.group() : port.toString();
        });
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
