package dev.catnap.policy.idleness;

import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether tunnels are open. Each is the newest of its kind, so any order ends alike.
 *
 * @param openedAt a use of kind {@code connection}
 * @param connectedUntil end of the window after a sample that showed connections: as long as one of
 *     them may have lasted at most when the next sample shows none
 * @param endedAt a rest that no tunnel survived: a stop, or a sleep that the policy found nobody to
 *     mind; a pause by hand leaves tunnels open
 */
public record TunnelFacts(
    @Nullable Instant openedAt, @Nullable Instant connectedUntil, @Nullable Instant endedAt) {
  public static final TunnelFacts NONE = new TunnelFacts(null, null, null);

  private static final Set<Reason> BY_HAND = Set.of(Reason.MANUAL, Reason.EXTERNAL);

  TunnelFacts opened(Instant at) {
    return new TunnelFacts(newer(openedAt, at), connectedUntil, endedAt);
  }

  TunnelFacts measured(ResourceSample sample) {
    Integer connections = sample.connections();
    return connections == null || connections == 0
        ? this
        : new TunnelFacts(
            openedAt,
            newer(connectedUntil, sample.at().plusMillis(sample.windowMillis())),
            endedAt);
  }

  TunnelFacts changed(StateChange change) {
    boolean ends =
        change.to() == RunState.STOPPED
            || (change.to() == RunState.SLEEPING && !BY_HAND.contains(change.reason()));
    return ends ? new TunnelFacts(openedAt, connectedUntil, newer(endedAt, change.at())) : this;
  }

  private static Instant newer(@Nullable Instant known, Instant other) {
    return known == null || other.isAfter(known) ? other : known;
  }
}
