package dev.catnap.policy.idleness;

import dev.catnap.events.Action;
import dev.catnap.events.Reason;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command that a rule asks for, before it is known whether it was given already.
 *
 * @param urgent somebody waits: asked for again as often as demand comes, only not too soon
 * @param causedBy id of the activity, where it has one
 * @param requestedAt when the request was seen that it serves
 */
record Want(
    Action action,
    Reason reason,
    String rule,
    String text,
    Map<String, Object> numbers,
    boolean urgent,
    @Nullable String causedBy,
    @Nullable Instant requestedAt) {
  static Want of(
      Action action, Reason reason, String rule, String text, Map<String, Object> numbers) {
    return new Want(action, reason, rule, text, numbers, false, null, null);
  }

  /** Somebody asks now. */
  static Want onDemand(Instant requestedAt, @Nullable String causedBy) {
    return demand(true, requestedAt, causedBy);
  }

  /** Somebody asked a while ago, and it was not served yet as far as is known. */
  static Want onMissedDemand(Instant requestedAt, @Nullable String causedBy) {
    return demand(false, requestedAt, causedBy);
  }

  private static Want demand(boolean urgent, Instant requestedAt, @Nullable String causedBy) {
    return new Want(
        Action.WAKE,
        Reason.ACTIVITY,
        "demand",
        "it was asked for",
        Map.of("requestedAt", requestedAt),
        urgent,
        causedBy,
        requestedAt);
  }
}
