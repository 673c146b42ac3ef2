package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What a killed process may have left behind on the cluster: a server that is just shutting down,
 * or the file that names it. The caller holds the directory's lock, so nobody else needs them.
 */
final class FormerServer {

  private static final Duration TIME_TO_END = Duration.ofSeconds(20);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path cluster;
  private final Path pidFile;

  FormerServer(Path cluster) {
    this.cluster = cluster;
    this.pidFile = cluster.resolve("postmaster.pid");
  }

  /**
   * Waits for the former server's end, and removes a file that names a process which is none.
   *
   * @throws EmbeddedServerException when it still runs after 20 s
   */
  void awaitEnd() {
    Optional<ProcessHandle> named = processInFile();
    if (named.isEmpty()) {
      return;
    }
    if (isServerOfThisCluster(named.get())) {
      awaitEnd(named.get());
    } else {
      // The number belongs to somebody else now, and PostgreSQL would take that for the server.
      removeFile();
    }
  }

  /** Empty when the file is missing or names nobody: PostgreSQL itself knows what to do then. */
  private Optional<ProcessHandle> processInFile() {
    try (var lines = Files.lines(pidFile)) {
      return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of);
    } catch (IOException | NumberFormatException noSuchFile) {
      return Optional.empty();
    }
  }

  private boolean isServerOfThisCluster(ProcessHandle process) {
    try {
      String command = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
      return command.contains(cluster.toString());
    } catch (IOException ended) {
      return process.isAlive();
    }
  }

  /** Looks at the command, not at the process: a zombie that nobody reaps has ended, too. */
  private void awaitEnd(ProcessHandle process) {
    long deadline = System.nanoTime() + TIME_TO_END.toNanos();
    while (isServerOfThisCluster(process)) {
      if (System.nanoTime() > deadline || Thread.interrupted()) {
        throw new EmbeddedServerException(
            "PostgreSQL: a server of an earlier run (process %d) still runs on %s. End it with \"kill -INT %d\"."
                .formatted(process.pid(), cluster, process.pid()));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void removeFile() {
    try {
      Files.deleteIfExists(pidFile);
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL: cannot delete " + pidFile + ": " + e, e);
    }
  }
}
