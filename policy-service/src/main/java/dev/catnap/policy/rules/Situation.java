package dev.catnap.policy.rules;

import dev.catnap.events.Hold;
import dev.catnap.events.RunState;
import dev.catnap.events.SleepPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules may ask about a service, at one moment.
 *
 * @param now the moment
 * @param policy null: the service is not defined, so nothing says that it may sleep
 * @param hold what was held by hand, over or not
 * @param holdSince when the hold was first heard of
 * @param stateSince when the service came to {@code state}
 * @param observedSince since when this process has seen all that concerns the service
 * @param lastActivity the newest of any kind
 * @param inFlight open requests, summed over those who report them and whose report still counts
 * @param load share of its CPU limit, the busiest container's; null: no fresh sample
 * @param networkBytesPerSecond received and sent, all containers; null: no fresh sample
 * @param tunnels connections that stay open for long
 * @param awakeDependents names of services that need this one and are awake
 */
public record Situation(
    Instant now,
    @Nullable SleepPolicy policy,
    @Nullable Hold hold,
    @Nullable Instant holdSince,
    RunState state,
    @Nullable Instant stateSince,
    Instant observedSince,
    @Nullable Instant lastActivity,
    int inFlight,
    @Nullable Double load,
    @Nullable Double networkBytesPerSecond,
    Tunnels tunnels,
    List<String> awakeDependents,
    Limits limits) {

  public Situation {
    awakeDependents = List.copyOf(awakeDependents);
  }

  /** The policy, defaults where there is none. */
  SleepPolicy policyOrDefault() {
    return policy == null ? SleepPolicy.DEFAULT : policy;
  }

  /**
   * Since when nothing was asked of it: the last activity, the end of the last tunnel, or the start
   * where that is newer, because a container that was started by hand or deployed anew begins a new
   * idle window, as does one whose sleep was given up.
   */
  Instant idleSince() {
    Instant since = stateSince == null ? observedSince : stateSince;
    return latest(latest(since, lastActivity), tunnels.closedAt());
  }

  private static Instant latest(Instant known, @Nullable Instant other) {
    return other != null && other.isAfter(known) ? other : known;
  }
}
