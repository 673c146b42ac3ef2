package dev.catnap.embedded.postgres;

import dev.catnap.embedded.EmbeddedServerException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Properties;
import java.util.stream.Stream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs, unpacked once for each version. */
final class PostgresBinaries {

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

  private final Path home;

  private PostgresBinaries(Path home) {
    this.home = home;
  }

  /**
   * Unpacks the programs below the given directory unless they are there.
   *
   * <p>They are unpacked beside their final place and moved there in one step, so that what is
   * there is whole, and of two processes that do so at once the second throws its copy away.
   */
  static PostgresBinaries below(Path directory) {
    Path home = directory.resolve(version());
    try {
      if (!Files.isDirectory(home)) {
        unpack(directory, home);
      }
      return new PostgresBinaries(home);
    } catch (IOException e) {
      throw new EmbeddedServerException(
          "PostgreSQL: cannot unpack the programs to " + home + ": " + e, e);
    }
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private static void unpack(Path directory, Path home) throws IOException {
    Files.createDirectories(directory);
    Path fresh = Files.createTempDirectory(directory, "unpacking-");
    try (InputStream archive = archive()) {
      FileRights.set(fresh, "rwxr-xr-x");
      new TarReader(new XZInputStream(archive)).unpackTo(fresh, PostgresBinaries::isNeeded);
      Files.move(fresh, home, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      deleteAll(fresh);
      if (!Files.isDirectory(home)) {
        throw e;
      }
    }
  }

  private static InputStream archive() throws IOException {
    InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE);
    if (archive == null) {
      throw new IOException(
          "there is no "
              + ARCHIVE
              + " on the class path (this build brings Linux x86-64 only; elsewhere name an outside database)");
    }
    return archive;
  }

  /** What only compilers need is left in the archive. */
  private static boolean isNeeded(String name) {
    return !name.endsWith(".a") && !name.contains("/pgxs/") && !name.startsWith("include/");
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new EmbeddedServerException("PostgreSQL: cannot read binaries.properties: " + e, e);
    }
    return properties.getProperty("version", "unknown");
  }

  private static void deleteAll(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
