package dev.catnap.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Directories that are deleted at the end of the test JVM. Everybody may pass them (unlike JUnit's
 * own), which PostgreSQL needs when the tests run as root.
 */
public final class TemporaryDirectory {

  private TemporaryDirectory() {}

  public static Path create(String purpose) {
    try {
      Path directory = Files.createTempDirectory("catnap-" + purpose + "-");
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      AtJvmEnd.run(() -> delete(directory));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
