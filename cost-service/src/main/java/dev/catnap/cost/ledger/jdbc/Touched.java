package dev.catnap.cost.ledger.jdbc;

import java.time.Instant;

/** A container and a time from which, or an hour in which, something is to be computed anew. */
record Touched(String service, String container, Instant at) {}
