package dev.catnap.actuator.engine.cgroup;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The host's table of sockets, read once for all that share it and are sampled in one pass. Safe
 * for several threads.
 */
public final class HostSockets {
  private static final Duration RECENT = Duration.ofMillis(500);

  private @Nullable SocketTable last;
  private long readAt;

  /**
   * As it was at most {@code 500 ms} ago.
   *
   * @param process directory of a process in the host's network
   */
  public synchronized SocketTable recent(Path process) {
    long now = System.nanoTime();
    SocketTable known = last;
    if (known == null || now - readAt > RECENT.toNanos()) {
      known = SocketTable.read(process);
      last = known;
      readAt = now;
    }
    return known;
  }
}
