package dev.catnap.actuator.engine.cgroup;

import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.cgroup.SocketTable.Connections;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A container's network, seen through any process of the container, as all share it.
 *
 * @param process its directory
 * @param pids all processes of the container
 * @param hosts whether it is the host's own network
 */
record ContainerNetwork(Path proc, Path process, List<String> pids, boolean hosts) {
  private static final Connections NONE = new Connections(0, 0, 0, 0);

  /**
   * @param processes the control group's list of processes
   * @return null where they are not to be seen
   */
  static @Nullable ContainerNetwork of(Path proc, Path processes) {
    List<String> pids = CgroupFiles.lines(processes);
    if (pids.isEmpty() || pids.getFirst().equals("0")) {
      return null;
    }
    Path process = proc.resolve(pids.getFirst());
    return Files.isReadable(process.resolve("net/snmp"))
        ? new ContainerNetwork(proc, process, pids, isHostNetwork(proc, process))
        : null;
  }

  private static boolean isHostNetwork(Path proc, Path process) {
    try {
      Path theirs = Files.readSymbolicLink(process.resolve("ns/net"));
      return theirs.equals(Files.readSymbolicLink(proc.resolve("self/ns/net")));
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return false;
    }
  }

  /** The host's own counters are never taken for a container's. */
  NetworkCounters counters() {
    return hosts
        ? NetworkCounters.NONE
        : NetworkCounters.sum(CgroupFiles.lines(process.resolve("net/dev")));
  }

  @Nullable TcpCounters tcp() {
    return TcpCounters.read(process);
  }

  /** As they are now. */
  Connections connections() {
    TcpCounters tcp = tcp();
    if (tcp != null && tcp.established() == 0) {
      return NONE;
    }
    return in(SocketTable.read(process));
  }

  /**
   * Those in the table that are this container's.
   *
   * @param sockets of its network
   */
  Connections in(SocketTable sockets) {
    if (!hosts) {
      return sockets.inbound(inode -> true, false);
    }
    Set<Long> own = SocketInodes.of(proc, pids);
    return sockets.inbound(own::contains, true);
  }

  NetworkReading reading() {
    NetworkCounters counters = counters();
    return connections().reading(counters.receivedBytes() + counters.sentBytes());
  }
}
