package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.Reservation;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a container cost in a part of time and what it would have cost otherwise, without network:
 * what would have been moved is not known, so nothing is credited. In the unit of {@link Exact}.
 *
 * @param paid as it was
 * @param earlierAsleep had each sleep begun earlier
 * @param stopped had each sleep been a stop
 * @param size what would have been set aside; null where too little was measured to tell
 * @param sized had that been set aside; as paid where {@code size} is null
 */
public record Outcome(
    BigDecimal paid,
    BigDecimal earlierAsleep,
    BigDecimal stopped,
    @Nullable Reservation size,
    BigDecimal sized) {
  /** The same with another size. */
  public Outcome with(@Nullable Reservation otherSize, BigDecimal otherSized) {
    return new Outcome(paid, earlierAsleep, stopped, otherSize, otherSized);
  }
}
