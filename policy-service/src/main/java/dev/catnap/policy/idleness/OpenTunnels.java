package dev.catnap.policy.idleness;

import dev.catnap.policy.rules.Limits;
import dev.catnap.policy.rules.Tunnels;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether a tunnel is open, from the mark that one was opened and the connections of the samples.
 *
 * <pre>
 *  mark, and a later sample      says
 *  none                          nothing: established connections may be a gateway's idle ones
 *  mark, none yet                open, for as long as a sample counts: it is not known to be closed
 *  mark, with connections        open
 *  mark, with none               closed; the idle window begins then
 * </pre>
 *
 * A sample counts as later by more than the clocks of hosts may differ, because the connection is
 * made only after its request was seen, and after the wake that it may have had to wait for.
 */
final class OpenTunnels {
  private OpenTunnels() {}

  /**
   * @param since when it came to its state; null: not known
   * @param fresh samples that still count
   */
  static Tunnels at(
      Instant now,
      TunnelFacts facts,
      @Nullable Instant since,
      Collection<UsageFact> fresh,
      Limits limits) {
    List<UsageFact> seeing = fresh.stream().filter(use -> use.connections() != null).toList();
    Integer connections = seeing.isEmpty() ? null : Integer.valueOf(sum(seeing));
    Instant mark = facts.openedAt();
    if (mark == null || isOver(mark, facts.endedAt(), limits)) {
      return new Tunnels(connections, false, null, null);
    }
    Instant from = since != null && since.isAfter(mark) ? since : mark;
    List<UsageFact> later =
        seeing.stream().filter(use -> use.at().isAfter(from.plus(limits.clockSkew()))).toList();
    if (later.isEmpty()) {
      Instant until = from.plus(limits.sampleAge());
      return now.isBefore(until)
          ? new Tunnels(connections, true, until, null)
          : new Tunnels(connections, false, null, facts.connectedUntil());
    }
    return sum(later) > 0
        ? new Tunnels(connections, true, null, null)
        : new Tunnels(connections, false, null, facts.connectedUntil());
  }

  private static boolean isOver(Instant mark, @Nullable Instant ended, Limits limits) {
    return ended != null && mark.plus(limits.clockSkew()).isBefore(ended);
  }

  private static int sum(Collection<UsageFact> samples) {
    return samples.stream()
        .map(UsageFact::connections)
        .filter(Objects::nonNull)
        .mapToInt(Integer::intValue)
        .sum();
  }
}
