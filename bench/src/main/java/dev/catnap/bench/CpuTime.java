package dev.catnap.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time of a process with its children, also of those that have ended, from /proc. */
final class CpuTime {
  private static final double TICKS_PER_SECOND = 100;
  private static final int USER = 11;

  private CpuTime() {}

  static double seconds(long pid) {
    double own = ticks(pid, 4);
    double children =
        ProcessHandle.of(pid).stream()
            .flatMap(ProcessHandle::descendants)
            .mapToDouble(child -> ticks(child.pid(), 2))
            .sum();
    return (own + children) / TICKS_PER_SECOND;
  }

  /** utime, stime and, where four are asked for, those of children that have ended. */
  private static double ticks(long pid, int fields) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      String[] behindName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      double sum = 0;
      for (int i = USER; i < USER + fields; i++) {
        sum += Long.parseLong(behindName[i]);
      }
      return sum;
    } catch (IOException e) {
      return 0;
    }
  }
}
