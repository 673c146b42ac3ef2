package dev.catnap.policy.idleness;

import dev.catnap.policy.catalog.Fleet;
import dev.catnap.policy.rules.Limits;
import java.time.Instant;

/**
 * What a decision needs besides the service's own facts.
 *
 * @param observedSince since when this process has seen all that concerns the service
 */
public record Surroundings(Instant observedSince, Fleet fleet, Limits limits) {}
