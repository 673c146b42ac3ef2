package dev.catnap.actuator.engine.process;

import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.engine.cgroup.HostSockets;
import dev.catnap.actuator.engine.cgroup.SocketInodes;
import dev.catnap.actuator.engine.cgroup.SocketTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a process and its descendants use. There are no limits, and the network is the host's, so
 * its counters are 0.
 */
final class ProcessUsage {
  private static final long NANOS_OF_A_TICK = 10_000_000;
  private static final long PAGE_BYTES = 4096;
  private static final Path PROC = Path.of("/proc");
  private static final Path SELF = PROC.resolve("self");

  private ProcessUsage() {}

  /**
   * @param sockets the host's, for all processes that are read in one pass
   */
  static UsageReading read(ProcessRecord process, HostSockets sockets, Instant at) {
    long ticks = 0;
    long memory = 0;
    long threads = 0;
    long read = 0;
    long written = 0;
    List<Long> tree = ProcStat.tree(process.pid());
    for (long pid : tree) {
      ProcStat stat = ProcStat.read(pid);
      if (stat == null) {
        continue;
      }
      ticks += stat.cpuTicks();
      threads += stat.threads();
      memory += residentPages(pid) * PAGE_BYTES;
      List<String> io = lines(Path.of("/proc/" + pid + "/io"));
      read += valueOf(io, "read_bytes: ");
      written += valueOf(io, "write_bytes: ");
    }
    return new UsageReading(
        process.name() + "/" + process.pid() + "/" + process.startTicks(),
        at,
        ticks * NANOS_OF_A_TICK,
        null,
        memory,
        0,
        null,
        threads,
        0,
        0,
        read,
        written,
        inbound(sockets.recent(SELF), tree).established());
  }

  static NetworkReading network(List<Long> tree) {
    return inbound(SocketTable.read(SELF), tree).reading(0);
  }

  /** Its clients are on this machine too, so those of its loopback count. */
  private static SocketTable.Connections inbound(SocketTable sockets, List<Long> tree) {
    Set<Long> own = SocketInodes.of(PROC, tree.stream().map(String::valueOf).toList());
    return sockets.inbound(own::contains, true);
  }

  private static long residentPages(long pid) {
    List<String> statm = lines(Path.of("/proc/" + pid + "/statm"));
    return statm.isEmpty() ? 0 : Long.parseLong(statm.getFirst().split(" ")[1]);
  }

  private static long valueOf(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key))
        .mapToLong(line -> Long.parseLong(line.substring(key.length()).strip()))
        .sum();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
