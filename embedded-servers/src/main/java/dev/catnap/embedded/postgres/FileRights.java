package dev.catnap.embedded.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Owners and modes of files, as POSIX has them. */
final class FileRights {

  private static final int TRAVERSABLE_BY_OWNER = 0100;
  private static final int TRAVERSABLE_BY_ALL = 0001;

  private FileRights() {}

  static void readableByAll(Path file, boolean executable) throws IOException {
    set(file, executable ? "rwxr-xr-x" : "rw-r--r--");
  }

  static void set(Path file, String permissions) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  static void own(Path file, int user) throws IOException {
    Files.setAttribute(file, "unix:uid", user);
    Files.setAttribute(file, "unix:gid", user);
  }

  /** The topmost directory on the way to the given one that the user may not pass. */
  static Optional<Path> barrierFor(int user, Path directory) throws IOException {
    Path real = directory.toRealPath();
    Path step = real.getRoot();
    for (int depth = 0; step != null; depth++) {
      if (!mayPass(user, step)) {
        return Optional.of(step);
      }
      step =
          depth < real.getNameCount() ? real.getRoot().resolve(real.subpath(0, depth + 1)) : null;
    }
    return Optional.empty();
  }

  private static boolean mayPass(int user, Path directory) throws IOException {
    int mode = (int) Files.getAttribute(directory, "unix:mode");
    boolean owner = (int) Files.getAttribute(directory, "unix:uid") == user;
    return (mode & (owner ? TRAVERSABLE_BY_OWNER : TRAVERSABLE_BY_ALL)) != 0;
  }
}
