package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the files of one database are: the data directory, or a shelter that it links to.
 *
 * <p>PostgreSQL refuses to run as root, so root's database runs as another user, who must be able
 * to pass every directory above the files. Rights of directories that are not ours are never
 * changed; where they are in the way the files go to the shelter.
 */
final class PostgresHome {

  private static final Logger log = LoggerFactory.getLogger(PostgresHome.class);
  private static final String LINK = "moved-to";

  private PostgresHome() {}

  static Path of(EmbeddedPostgresSettings settings, RunAs runAs) {
    Path data = settings.dataDirectory();
    try {
      Path link = data.resolve(LINK);
      if (Files.isSymbolicLink(link)) {
        return existing(link);
      }
      Optional<Path> barrier = runAs.barrierTo(data);
      return barrier.isEmpty() ? data : sheltered(settings, runAs, barrier.get(), link);
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL: cannot use " + data + ": " + e, e);
    }
  }

  /** The shared directory if one is set and PostgreSQL's user can reach it, else one of our own. */
  static Path binariesDirectory(EmbeddedPostgresSettings settings, RunAs runAs, Path home) {
    Path own = home.resolve("binaries");
    Path shared = settings.binariesDirectory();
    if (shared == null) {
      return own;
    }
    try {
      Files.createDirectories(shared);
      return runAs.barrierTo(shared).isEmpty() ? shared : own;
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL: cannot use " + shared + ": " + e, e);
    }
  }

  private static Path existing(Path link) throws IOException {
    if (!Files.isDirectory(link)) {
      throw new EmbeddedServerException(
          "PostgreSQL: %s points to %s, which is gone. Put it back, or delete the link to begin with an empty database."
              .formatted(link, Files.readSymbolicLink(link)));
    }
    return link.toRealPath();
  }

  private static Path sheltered(
      EmbeddedPostgresSettings settings, RunAs runAs, Path barrier, Path link) throws IOException {
    Path shelter = settings.shelter();
    Files.createDirectories(shelter);
    Optional<Path> shelterBarrier = runAs.barrierTo(shelter);
    if (shelterBarrier.isPresent()) {
      throw new EmbeddedServerException(
          """
          PostgreSQL runs as user %d here, who may pass neither %s (on the way to the data directory %s) \
          nor %s (on the way to the shelter). Run "chmod o+x %s", or choose a data directory \
          elsewhere, or run Catnap as a user that is not root.\
          """
              .formatted(
                  RunAs.UNPRIVILEGED,
                  barrier,
                  settings.dataDirectory(),
                  shelterBarrier.get(),
                  barrier));
    }
    Path home = shelter.resolve("postgres-" + UUID.randomUUID());
    Files.createDirectory(home);
    FileRights.set(home, "rwxr-xr-x");
    Files.createSymbolicLink(link, home);
    log.warn(
        "PostgreSQL runs as user {}, who may not pass {}: the database is in {} (linked from {})",
        RunAs.UNPRIVILEGED,
        barrier,
        home,
        link);
    return home;
  }
}
