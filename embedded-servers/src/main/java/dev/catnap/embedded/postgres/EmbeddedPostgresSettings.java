package dev.catnap.embedded.postgres;

import dev.catnap.embedded.SettingsCheck;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How to run PostgreSQL. It listens on 127.0.0.1 only.
 *
 * @param dataDirectory where cluster, password, port and log are kept; created when missing
 * @param port 1 to 65535, or 0: the port of the last run when it is free, else a free one
 * @param binariesDirectory where the programs are unpacked, one directory a version, shared by any
 *     number of processes; null: within the data directory
 * @param shelter where the files go when this process is root and the unprivileged user that
 *     PostgreSQL must run as cannot reach the data directory, as under /root; the data directory
 *     then holds a link to it
 */
public record EmbeddedPostgresSettings(
    Path dataDirectory, int port, @Nullable Path binariesDirectory, Path shelter) {

  private static final Path DEFAULT_SHELTER = Path.of("/var/lib/catnap");

  public EmbeddedPostgresSettings {
    SettingsCheck.port("port", port);
    dataDirectory = dataDirectory.toAbsolutePath().normalize();
    shelter = shelter.toAbsolutePath().normalize();
    if (binariesDirectory != null) {
      binariesDirectory = binariesDirectory.toAbsolutePath().normalize();
    }
  }

  /** On a port of its own choice, with everything within the directory where that is possible. */
  public static EmbeddedPostgresSettings in(Path dataDirectory) {
    return new EmbeddedPostgresSettings(dataDirectory, 0, null, DEFAULT_SHELTER);
  }

  public EmbeddedPostgresSettings withPort(int port) {
    return new EmbeddedPostgresSettings(dataDirectory, port, binariesDirectory, shelter);
  }

  public EmbeddedPostgresSettings withBinariesDirectory(Path binariesDirectory) {
    return new EmbeddedPostgresSettings(dataDirectory, port, binariesDirectory, shelter);
  }

  public EmbeddedPostgresSettings withShelter(Path shelter) {
    return new EmbeddedPostgresSettings(dataDirectory, port, binariesDirectory, shelter);
  }
}
