package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;

/**
 * That the past is to be priced anew: by the cards as known when it was asked.
 *
 * @param askedAt when; its cards hold from {@code from} to {@code to}
 * @param from inclusive
 * @param to exclusive, not after {@code askedAt}
 * @param reason for those who audit, at most 512 characters
 */
public record Reprice(Instant askedAt, Instant from, Instant to, String reason) {
  private static final Duration LONGEST = Duration.ofDays(3660);

  public Reprice {
    Check.present("from", from);
    Check.present("to", to);
    Check.text("reason", reason);
    if (from.isBefore(Instant.EPOCH)) {
      throw new InvalidFieldException("from", "must lie between 1970 and 9999", from);
    }
    if (to.isAfter(askedAt)) {
      throw new InvalidFieldException("to", "must not lie in the future", to);
    }
    if (!to.isAfter(from)) {
      throw new InvalidFieldException("to", "must be after from, " + from, to);
    }
    if (Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw new InvalidFieldException("from", "must be at most 3660d before to, " + to, from);
    }
  }

  boolean covers(Instant time) {
    return !time.isBefore(from) && time.isBefore(to);
  }
}
