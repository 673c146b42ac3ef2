package dev.catnap.cost.ledger;

import java.time.Instant;

/** A part of a window; the end is exclusive. */
public record Span(Instant from, Instant to) {}
