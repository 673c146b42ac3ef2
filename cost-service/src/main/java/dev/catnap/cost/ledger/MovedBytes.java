package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Traffic;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Bytes moved over the network in an hour.
 *
 * @param in received, 0 or more
 * @param out sent, 0 or more
 * @param micros how long that was measured
 */
public record MovedBytes(BigInteger in, BigInteger out, long micros) {
  public static final MovedBytes NONE = new MovedBytes(BigInteger.ZERO, BigInteger.ZERO, 0);

  private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

  /** As so much an hour, rounded once. */
  Traffic traffic() {
    return micros == 0 ? Traffic.NONE : new Traffic(hourly(in), hourly(out));
  }

  private long hourly(BigInteger bytes) {
    return new BigDecimal(bytes)
        .multiply(MICROS_PER_HOUR)
        .divide(BigDecimal.valueOf(micros), 0, RoundingMode.HALF_EVEN)
        .min(MOST)
        .longValue();
  }
}
