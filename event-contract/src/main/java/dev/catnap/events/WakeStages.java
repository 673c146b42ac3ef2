package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a wake passed each stage, on the clocks of the hosts it passed; absent where not known.
 *
 * @param requestedAt the request was seen
 * @param decidedAt the wake was decided
 * @param receivedAt the actuator had the command
 * @param engineAt the engine had carried it out
 * @param readyAt the service answered
 */
public record WakeStages(
    @Nullable Instant requestedAt,
    @Nullable Instant decidedAt,
    @Nullable Instant receivedAt,
    @Nullable Instant engineAt,
    @Nullable Instant readyAt) {
  public WakeStages {
    Check.optionalTime("stages.requestedAt", requestedAt);
    Check.optionalTime("stages.decidedAt", decidedAt);
    Check.optionalTime("stages.receivedAt", receivedAt);
    Check.optionalTime("stages.engineAt", engineAt);
    Check.optionalTime("stages.readyAt", readyAt);
  }
}
