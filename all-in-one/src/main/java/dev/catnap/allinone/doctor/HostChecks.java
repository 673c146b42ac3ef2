package dev.catnap.allinone.doctor;

import dev.catnap.allinone.host.DataDirectory;
import dev.catnap.allinone.host.HostMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks of the machine itself: JDK, memory, swap, disk, data directory, programs. */
final class HostChecks {
  /** What the whole of Catnap takes, with its broker and its database. */
  private static final long NEEDED_MEMORY = 600L << 20;

  private static final long NEEDED_DISK = 1L << 30;
  private static final int JDK = 25;

  private HostChecks() {}

  static Finding jdk() {
    int feature = Runtime.version().feature();
    String text = Runtime.version() + " in " + System.getProperty("java.home");
    return feature == JDK
        ? Finding.ok("jdk", text)
        : Finding.fail("jdk", text, "install a JDK 25 and point JAVA_HOME at it");
  }

  static Finding memory(HostMemory memory) {
    if (memory.totalBytes() == 0) {
      return Finding.warn("memory", "not known on this system", "see that 600 MB are free");
    }
    String text =
        "%d MB of %d MB available".formatted(mb(memory.availableBytes()), mb(memory.totalBytes()));
    return memory.availableBytes() >= NEEDED_MEMORY
        ? Finding.ok("memory", text)
        : Finding.warn(
            "memory",
            text,
            "Catnap with its broker and database takes up to 600 MB: end something, or use"
                + " --kafka and --postgres of another machine");
  }

  static Finding swap(HostMemory memory) {
    return memory.swapTotalBytes() > 0
        ? Finding.ok(
            "swap", mb(memory.swapTotalBytes()) + " MB: memory of sleepers can be given back")
        : Finding.warn(
            "swap",
            "none: a sleeping container gives back its CPU and its file cache, not its memory",
            "add a swap file or zram to get the memory of sleepers back, or use stop_after");
  }

  static Finding disk(Path data) {
    try {
      long free = Files.getFileStore(existing(data)).getUsableSpace();
      String text = mb(free) + " MB free for " + data;
      return free >= NEEDED_DISK
          ? Finding.ok("disk", text)
          : Finding.warn("disk", text, "have 1 GB free, or choose another place with --data");
    } catch (IOException e) {
      return Finding.warn("disk", "not known: " + e.getMessage(), "see that 1 GB is free");
    }
  }

  static Finding data(Path data) {
    String problem = DataDirectory.problem(data);
    if (problem != null) {
      return Finding.fail("data", problem, "choose a directory of your own with --data");
    }
    return Finding.ok("data", data + (Files.exists(data) ? owner(data) : " will be created"));
  }

  private static String owner(Path data) {
    try {
      return " writable, owned by " + Files.getOwner(data).getName();
    } catch (IOException | UnsupportedOperationException e) {
      return " writable";
    }
  }

  /** PostgreSQL refuses to run as root, so root needs a program that steps down. */
  static @Nullable Finding stepDown(boolean ownDatabase) {
    if (!ownDatabase || !"root".equals(System.getProperty("user.name"))) {
      return null;
    }
    return onPath("setpriv")
        ? Finding.ok("setpriv", "there: PostgreSQL runs as an unprivileged user")
        : Finding.fail(
            "setpriv",
            "missing: PostgreSQL does not run as root",
            "install util-linux, or run Catnap as another user, or give --postgres");
  }

  private static boolean onPath(String program) {
    String path = System.getenv("PATH");
    return Stream.of((path == null ? "" : path).split(":"))
        .filter(directory -> !directory.isEmpty())
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  private static Path existing(Path path) {
    Path existing = path.toAbsolutePath().normalize();
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static long mb(long bytes) {
    return bytes >> 20;
  }
}
