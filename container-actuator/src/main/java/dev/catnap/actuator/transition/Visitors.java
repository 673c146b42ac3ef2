package dev.catnap.actuator.transition;

import dev.catnap.actuator.engine.NetworkReading;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a container's network whether somebody is there who must not be cut off.
 *
 * <p>Bytes of noise: an IPv6 neighbour message 90, as measured; an ARP question and its answer 84,
 * a TCP keep-alive probe and its answer 132, by their formats. Bytes of somebody: a mere connect
 * 284, as measured; the smallest request on an open connection, with its acknowledgement, 172, by
 * its format. So {@value #NOISE_BYTES} in the time between two looks tell the one from the other.
 *
 * <p>What is not seen: a request that was read wholly before the first look and answered after the
 * second. Its gateway's count of open requests, or the CPU it takes, speaks for it in the rules.
 */
public final class Visitors {
  /** At most this many bytes between two looks are noise. */
  public static final long NOISE_BYTES = 160;

  private Visitors() {}

  /**
   * Who is there while a container runs.
   *
   * @param before an earlier look; null: not known
   * @param now null: not known, and then nothing is seen
   * @return what was seen, for a person; null: nobody
   */
  public static @Nullable String between(
      @Nullable NetworkReading before, @Nullable NetworkReading now, long noiseBytes) {
    if (now == null) {
      return null;
    }
    if (now.arriving() > 0) {
      return connections(now.arriving(), "waiting to be accepted");
    }
    if (now.unread() > 0) {
      return connections(now.unread(), "with a request that is not read yet");
    }
    if (now.unsent() > 0) {
      return connections(now.unsent(), "with an answer on its way");
    }
    long moved = before == null ? 0 : now.bytes() - before.bytes();
    return moved > noiseBytes ? moved + " bytes went over its network meanwhile" : null;
  }

  /**
   * Who waits while a container is paused: what came since then and cannot be answered.
   *
   * @return what was seen, for a person; null: nobody
   */
  public static @Nullable String waiting(@Nullable NetworkReading now) {
    if (now == null) {
      return null;
    }
    if (now.arriving() > 0) {
      return connections(now.arriving(), "waiting to be accepted");
    }
    return now.unread() > 0
        ? connections(now.unread(), "with a request that is not read yet")
        : null;
  }

  /**
   * Who would be cut off if a container that is paused were stopped: as {@link #waiting}, and those
   * whose request it read before the pause and did not answer, which no look can tell from idle.
   *
   * @return what was seen, for a person; null: nobody
   */
  public static @Nullable String atTheDoor(@Nullable NetworkReading now) {
    String waiting = waiting(now);
    if (waiting != null || now == null || now.connections() == 0) {
      return waiting;
    }
    return connections(now.connections(), "open, perhaps for an answer");
  }

  private static String connections(int count, String how) {
    return count == 1 ? "one connection " + how : count + " connections " + how;
  }
}
