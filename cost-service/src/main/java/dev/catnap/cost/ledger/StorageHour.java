package dev.catnap.cost.ledger;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * Disk of a container as measured within an hour, as sums that can be added.
 *
 * @param byteSum of all measures
 * @param measures how many, 1 or more
 */
public record StorageHour(Instant hour, BigInteger byteSum, long measures) {
  /** Their mean, rounded once. */
  long bytes() {
    return new BigDecimal(byteSum)
        .divide(BigDecimal.valueOf(measures), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}
