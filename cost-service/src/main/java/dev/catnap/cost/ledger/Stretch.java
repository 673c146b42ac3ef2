package dev.catnap.cost.ledger;

import java.time.Instant;

/**
 * Some time of a container.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record Stretch(String service, String container, Instant from, Instant to) {}
