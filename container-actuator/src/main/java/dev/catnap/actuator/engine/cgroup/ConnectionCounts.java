package dev.catnap.actuator.engine.cgroup;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many connections from outside containers have, for samples: the table of sockets is read only
 * where {@link TcpCounters} say that it is another than the last time. Safe for several threads.
 */
final class ConnectionCounts {
  private static final int REMEMBERED = 4096;

  private record Known(TcpCounters counters, int established) {}

  private final HostSockets host = new HostSockets();
  private final Map<String, Known> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param run tells one run of a container from the next
   */
  int established(String run, ContainerNetwork network) {
    if (network.hosts()) {
      return network.in(host.recent(network.process())).established();
    }
    // Read before the table: what changes in between is found the next time.
    TcpCounters counters = network.tcp();
    Integer same = counters == null ? null : remembered(run, counters);
    if (same != null) {
      return same;
    }
    int established = network.connections().established();
    if (counters != null) {
      remember(run, new Known(counters, established));
    }
    return established;
  }

  private synchronized @Nullable Integer remembered(String run, TcpCounters counters) {
    Known last = known.get(run);
    return last == null || !last.counters().equals(counters) ? null : last.established();
  }

  private synchronized void remember(String run, Known now) {
    known.put(run, now);
  }
}
