package dev.catnap.cost.pricing;

import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Capacity that is paid for, used or not.
 *
 * @param validFrom first instant it holds for
 * @param validTo first instant it no longer holds for; null: open
 * @param cores 0 or more
 * @param memoryGib GiB (1024^3 bytes) of memory, 0 or more; not 0 beside 0 cores
 * @param amountHour what all of it costs an hour
 */
public record ReservedCapacity(
    Instant validFrom,
    @Nullable Instant validTo,
    RateScope scope,
    BigDecimal cores,
    BigDecimal memoryGib,
    BigDecimal amountHour,
    String currency)
    implements RateCard {
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

  public ReservedCapacity {
    RateCard.check(validFrom, validTo, currency);
    cores = Amounts.check("cores", cores, HIGHEST);
    memoryGib = Amounts.check("memoryGib", memoryGib, HIGHEST);
    amountHour = Amounts.check("amountHour", amountHour, HIGHEST);
    checkWhole("cores", cores, 9);
    if (cores.signum() == 0 && memoryGib.signum() == 0) {
      throw new InvalidFieldException("cores", "must be more than 0 where memoryGib is 0", cores);
    }
  }

  /** A part of a base unit cannot be held. */
  private static void checkWhole(String field, BigDecimal value, int decimals) {
    if (value.stripTrailingZeros().scale() > decimals) {
      throw new InvalidFieldException(field, "must have at most " + decimals + " decimals", value);
    }
  }

  @Override
  public Purchase purchase() {
    return Purchase.RESERVED;
  }
}
