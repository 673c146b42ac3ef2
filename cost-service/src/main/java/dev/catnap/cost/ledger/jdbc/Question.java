package dev.catnap.cost.ledger.jdbc;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;

/**
 * What is asked of the ledger.
 *
 * @param to exclusive; the present at the latest
 * @param services only these; empty: all
 */
public record Question(Instant from, Instant to, Collection<String> services) {
  boolean beginsWithinADay() {
    return !from.equals(from.truncatedTo(ChronoUnit.DAYS));
  }
}
