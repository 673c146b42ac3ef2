package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The running {@code postgres}, a child of this process that ends with it. */
final class ServerProcess {

  private static final Duration FAST_STOP_LIMIT = Duration.ofSeconds(10);
  private static final Duration IMMEDIATE_STOP_LIMIT = Duration.ofSeconds(3);

  private final Process process;
  private final BoundedLog output;
  private final PostgresBinaries binaries;
  private final RunAs runAs;

  private ServerProcess(
      Process process, BoundedLog output, PostgresBinaries binaries, RunAs runAs) {
    this.process = process;
    this.output = output;
    this.binaries = binaries;
    this.runAs = runAs;
  }

  static ServerProcess start(
      Path home, Path cluster, int port, PostgresBinaries binaries, RunAs runAs) {
    ProcessBuilder builder =
        new ProcessBuilder(runAs.server(command(binaries, cluster, port)))
            .directory(home.toFile())
            .redirectErrorStream(true);
    BoundedLog output = new BoundedLog(home.resolve("postgres.log"));
    return new ServerProcess(startAndFollow(builder, output), output, binaries, runAs);
  }

  private static List<String> command(PostgresBinaries binaries, Path cluster, int port) {
    return List.of(
        binaries.program("postgres").toString(),
        "-D",
        cluster.toString(),
        "-c",
        "listen_addresses=127.0.0.1",
        "-c",
        "port=" + port,
        "-c",
        "unix_socket_directories=",
        "-c",
        "shared_buffers=32MB",
        "-c",
        "max_connections=50",
        // Compiling queries costs more memory and start-up time than it saves at this size.
        "-c",
        "jit=off",
        "-c",
        "timezone=UTC",
        "-c",
        "log_timezone=UTC");
  }

  /**
   * Starts the server from a thread that lives as long as the server does: the kernel's signal on
   * the parent's death is tied to the thread that forked, not to the process.
   */
  private static Process startAndFollow(ProcessBuilder builder, BoundedLog output) {
    CompletableFuture<Process> started = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("postgres-parent")
        .start(() -> {
          try {
            Process process = builder.start();
            started.complete(process);
            output.copy(process.getInputStream());
            process.waitFor();
          } catch (IOException | InterruptedException e) {
            started.completeExceptionally(
                new EmbeddedServerException("PostgreSQL cannot be run: " + e, e));
          }
        });
    return started.join();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  String lastOutput() {
    return output.lastLines();
  }

  /** Stops fast (clients are disconnected, data are flushed); then at once; then by force. */
  void stop() {
    if (!endsAfter("INT", FAST_STOP_LIMIT) && !endsAfter("QUIT", IMMEDIATE_STOP_LIMIT)) {
      process.destroyForcibly();
    }
  }

  private boolean endsAfter(String signal, Duration limit) {
    try {
      send(signal);
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** By pg_ctl, because Java itself can send only TERM, at which PostgreSQL waits for clients. */
  private void send(String signal) throws IOException, InterruptedException {
    List<String> command =
        List.of(
            binaries.program("pg_ctl").toString(), "kill", signal, Long.toString(process.pid()));
    new ProcessBuilder(runAs.once(command))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor(2, TimeUnit.SECONDS);
  }
}
