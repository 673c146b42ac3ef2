package dev.catnap.cost.ledger;

import dev.catnap.events.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A container in one state.
 *
 * @param until exclusive; null: until now
 * @param residentBytes memory that stays resident, as told by the change that began it
 */
public record StateSpan(
    RunState state,
    String host,
    Instant from,
    @Nullable Instant until,
    @Nullable Long residentBytes) {}
