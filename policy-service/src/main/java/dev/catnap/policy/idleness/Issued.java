package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import dev.catnap.policy.rules.Limits;
import java.time.Instant;

/**
 * The newest command of the policy to a service.
 *
 * @param position the state change that stood when it was given; pending as long as it stands
 * @param sequence number of the command at this position, from 1; makes its id its own
 * @param tries how often in a row the same action was commanded here, from 1
 */
public record Issued(
    String commandId,
    Action action,
    String rule,
    String position,
    int sequence,
    int tries,
    Instant at) {
  boolean stands(String here, Action wanted) {
    return position.equals(here) && action == wanted;
  }

  /** When it may be given again, if nothing followed. */
  Instant retryAt(Limits limits) {
    return at.plus(limits.retryAfter(tries));
  }
}
