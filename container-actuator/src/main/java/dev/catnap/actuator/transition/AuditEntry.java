package dev.catnap.actuator.transition;

import dev.catnap.events.Action;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One action that was taken or refused.
 *
 * @param container null where the command came to none
 * @param plan the step taken; null where none was planned
 * @param tookMillis from the receipt of the command
 * @param detail why it failed or was refused
 */
public record AuditEntry(
    Instant at,
    String commandId,
    String service,
    @Nullable String container,
    Action action,
    Plan.@Nullable Step plan,
    Outcome outcome,
    long tookMillis,
    @Nullable String detail) {}
