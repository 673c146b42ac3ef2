package dev.catnap.actuator.engine.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code /proc/<pid>/stat} says of a process.
 *
 * @param state one letter: R, S, D run; T is stopped; Z and X have ended
 * @param cpuTicks its own and its ended children's, in hundredths of a second
 * @param startTicks since the boot of the machine
 */
record ProcStat(char state, long cpuTicks, long startTicks, long threads) {
  private static final int AFTER_NAME_STATE = 0;
  private static final int AFTER_NAME_UTIME = 11;
  private static final int AFTER_NAME_CSTIME = 14;
  private static final int AFTER_NAME_THREADS = 17;
  private static final int AFTER_NAME_START = 19;

  /**
   * @return null when there is no such process
   */
  static @Nullable ProcStat read(long pid) {
    try {
      return parse(Files.readString(Path.of("/proc/" + pid + "/stat")));
    } catch (IOException e) {
      return null;
    }
  }

  /** The name, in brackets, may hold anything: what follows its last bracket is safe to split. */
  static ProcStat parse(String line) {
    String[] fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ");
    long cpu = 0;
    for (int field = AFTER_NAME_UTIME; field <= AFTER_NAME_CSTIME; field++) {
      cpu += Long.parseLong(fields[field]);
    }
    return new ProcStat(
        fields[AFTER_NAME_STATE].charAt(0),
        cpu,
        Long.parseLong(fields[AFTER_NAME_START]),
        Long.parseLong(fields[AFTER_NAME_THREADS]));
  }

  boolean isStopped() {
    return state == 'T' || state == 't';
  }

  boolean hasEnded() {
    return state == 'Z' || state == 'X';
  }

  /** The process and all that descend from it. */
  static List<Long> tree(long pid) {
    List<Long> pids = new ArrayList<>();
    collect(pid, pids);
    return pids;
  }

  private static void collect(long pid, List<Long> into) {
    into.add(pid);
    try {
      String children =
          Files.readString(Path.of("/proc/" + pid + "/task/" + pid + "/children")).strip();
      for (String child : children.isEmpty() ? new String[0] : children.split(" ")) {
        collect(Long.parseLong(child), into);
      }
    } catch (IOException e) {
      // It ended meanwhile, or the kernel does not list children.
    }
  }
}
