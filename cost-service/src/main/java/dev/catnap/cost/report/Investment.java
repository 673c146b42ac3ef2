package dev.catnap.cost.report;

import dev.catnap.cost.pricing.Amounts;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;

/**
 * Money put in at the start, and what the same money would have earned elsewhere.
 *
 * @param amount more than 0
 * @param years 1 to 50
 * @param discountRate a share a year, 0 to 1: 0.08 for 8 %
 */
public record Investment(BigDecimal amount, int years, BigDecimal discountRate) {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);

  public Investment {
    Amounts.check("investment", amount, LARGEST);
    if (amount.signum() == 0) {
      throw new InvalidFieldException("investment", "must be more than 0", amount);
    }
    if (years < 1 || years > 50) {
      throw new InvalidFieldException("years", "must be 1 to 50", years);
    }
    Amounts.check("discountRate", discountRate, BigDecimal.ONE);
  }
}
