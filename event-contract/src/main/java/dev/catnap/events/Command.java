package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What should be, decided by the policy or by hand.
 *
 * @param id deterministic where a rule decided, so that deciding twice is commanding once
 * @param at when it was decided
 * @param rule the rule that decided, such as {@code idle_timeout}; {@code manual} when by hand
 * @param causedBy id of the event that led here: an activity, a command of a dependent
 * @param requestedAt when the request that caused it was seen; the wake's clock starts here
 */
public record Command(
    String id,
    String service,
    Action action,
    Instant at,
    Reason reason,
    String rule,
    @Nullable String causedBy,
    @Nullable Instant requestedAt) {
  public Command {
    Check.text("id", id);
    Check.serviceName("service", service);
    Check.present("action", action);
    Check.time("at", at);
    if (Check.present("reason", reason) == Reason.EXTERNAL) {
      throw new InvalidFieldException("reason", "must be a reason to command", reason);
    }
    Check.text("rule", rule);
    Check.optionalText("causedBy", causedBy);
    Check.optionalTime("requestedAt", requestedAt);
  }
}
