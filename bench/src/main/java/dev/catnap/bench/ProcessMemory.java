package dev.catnap.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process and of its children as the kernel counts it. */
final class ProcessMemory {
  private ProcessMemory() {}

  /** Resident memory of the process alone, MiB. */
  static double residentMiB(long pid) {
    return kilobytes(pid, "Rss:") / 1024.0;
  }

  /** The children's share, MiB; pages that several share count once in the sum. */
  static double childrenMiB(long pid) {
    return ProcessHandle.of(pid).stream()
        .flatMap(ProcessHandle::descendants)
        .mapToDouble(child -> kilobytes(child.pid(), "Pss:") / 1024.0)
        .sum();
  }

  private static long kilobytes(long pid, String field) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/smaps_rollup")).stream()
          .filter(line -> line.startsWith(field))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
