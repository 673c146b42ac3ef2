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
 * A container's network, read through any process of the container, as all share it.
 *
 * @param connections null where the processes are not to be seen
 */
record ContainerNetwork(NetworkCounters counters, @Nullable Connections connections) {
  private static final ContainerNetwork UNSEEN = new ContainerNetwork(NetworkCounters.NONE, null);

  /**
   * @param processes the control group's list of processes
   */
  static ContainerNetwork read(Path proc, Path processes) {
    List<String> pids = CgroupFiles.lines(processes);
    if (pids.isEmpty() || pids.getFirst().equals("0")) {
      return UNSEEN;
    }
    Path process = proc.resolve(pids.getFirst());
    if (!Files.isReadable(process.resolve("net/tcp"))) {
      return UNSEEN;
    }
    SocketTable sockets = SocketTable.read(process);
    if (isHostNetwork(proc, process)) {
      Set<Long> own = SocketInodes.of(proc, pids);
      return new ContainerNetwork(NetworkCounters.NONE, sockets.inbound(own::contains, true));
    }
    return new ContainerNetwork(
        NetworkCounters.sum(CgroupFiles.lines(process.resolve("net/dev"))),
        sockets.inbound(inode -> true, false));
  }

  /** The host's own counters are never taken for a container's. */
  private static boolean isHostNetwork(Path proc, Path process) {
    try {
      Path theirs = Files.readSymbolicLink(process.resolve("ns/net"));
      return theirs.equals(Files.readSymbolicLink(proc.resolve("self/ns/net")));
    } catch (IOException | UnsupportedOperationException | SecurityException e) {
      return false;
    }
  }

  @Nullable Integer established() {
    return connections == null ? null : Integer.valueOf(connections.established());
  }

  @Nullable NetworkReading reading() {
    return connections == null
        ? null
        : connections.reading(counters.receivedBytes() + counters.sentBytes());
  }
}
