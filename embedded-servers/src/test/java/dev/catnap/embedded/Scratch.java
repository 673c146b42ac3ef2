package dev.catnap.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A directory that PostgreSQL's user can pass, which JUnit's own (mode 700) is not for root. */
public final class Scratch {

  private Scratch() {}

  public static Path open(Path temporary) throws IOException {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    return temporary;
  }

  /** Programs unpacked once for all tests of this module. */
  public static Path binaries() {
    return Path.of("target", "postgres-binaries").toAbsolutePath();
  }
}
