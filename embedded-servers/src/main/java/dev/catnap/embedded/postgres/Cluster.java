package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The database cluster on disk: made once, whole or not at all. */
final class Cluster {

  static final String SUPERUSER = "catnap";
  private static final int INITDB_LIMIT_SECONDS = 120;

  private final Path home;
  private final PostgresBinaries binaries;
  private final RunAs runAs;

  Cluster(Path home, PostgresBinaries binaries, RunAs runAs) {
    this.home = home;
    this.binaries = binaries;
    this.runAs = runAs;
  }

  Path directory() {
    return home.resolve("cluster");
  }

  String password() {
    return PasswordFile.read(home.resolve("password"));
  }

  void createWhenMissing() {
    if (Files.isDirectory(directory())) {
      return;
    }
    try {
      create(home.resolve("cluster-unfinished"));
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL: cannot create " + directory() + ": " + e, e);
    }
  }

  /** In a directory of another name first: a crash half-way leaves nothing that looks complete. */
  private void create(Path unfinished) throws IOException {
    delete(unfinished);
    PasswordFile.create(home.resolve("password"));
    Files.createDirectory(unfinished);
    FileRights.set(unfinished, "rwx------");
    runAs.handOver(unfinished);
    Path passwordForInitdb = home.resolve("password-initdb");
    PasswordFile.copy(password(), passwordForInitdb);
    runAs.handOver(passwordForInitdb);
    try {
      initdb(unfinished, passwordForInitdb);
    } finally {
      Files.delete(passwordForInitdb);
    }
    Files.move(unfinished, directory(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void initdb(Path directory, Path passwordFile) throws IOException {
    List<String> command =
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + directory,
            "--username=" + SUPERUSER,
            "--pwfile=" + passwordFile,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            // The same order of text on every machine.
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C");
    Process process =
        new ProcessBuilder(runAs.once(command))
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("initdb.log").toFile())
            .start();
    if (!endsWithSuccess(process)) {
      throw new EmbeddedServerException(
          "PostgreSQL: initdb failed:\n"
              + Files.readString(home.resolve("initdb.log"), StandardCharsets.UTF_8));
    }
  }

  private static boolean endsWithSuccess(Process process) {
    try {
      if (process.waitFor(INITDB_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
