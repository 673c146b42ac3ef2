package dev.catnap.actuator.engine.cgroup;

import java.nio.file.Path;
import java.util.List;

/**
 * What went over the interfaces of a container, its loopback aside.
 *
 * <p>Read through any process of the container, as all share its network; 0 where the processes are
 * not to be seen, and the host's own counters are never taken for a container's.
 */
record NetworkCounters(long receivedBytes, long sentBytes) {
  private static final NetworkCounters NONE = new NetworkCounters(0, 0);

  static NetworkCounters read(Path proc, Path processes) {
    List<String> pids = CgroupFiles.lines(processes);
    if (pids.isEmpty() || pids.getFirst().equals("0")) {
      return NONE;
    }
    Path process = proc.resolve(pids.getFirst());
    return isHostNetwork(proc, process) ? NONE : sum(CgroupFiles.lines(process.resolve("net/dev")));
  }

  private static boolean isHostNetwork(Path proc, Path process) {
    try {
      Path theirs = java.nio.file.Files.readSymbolicLink(process.resolve("ns/net"));
      return theirs.equals(java.nio.file.Files.readSymbolicLink(proc.resolve("self/ns/net")));
    } catch (java.io.IOException | UnsupportedOperationException | SecurityException e) {
      return false;
    }
  }

  /** Lines such as {@code eth0: 1296 16 0 0 0 0 0 0 726 9 0 0 0 0 0 0}. */
  static NetworkCounters sum(List<String> lines) {
    long received = 0;
    long sent = 0;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
        continue;
      }
      String[] numbers = line.substring(colon + 1).strip().split("\\s+");
      if (numbers.length > 8) {
        received += CgroupFiles.number(numbers[0]);
        sent += CgroupFiles.number(numbers[8]);
      }
    }
    return new NetworkCounters(received, sent);
  }
}
