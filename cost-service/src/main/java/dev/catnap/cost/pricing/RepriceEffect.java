package dev.catnap.cost.pricing;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A reprice, and the difference it made to what was recorded when it was asked.
 *
 * @param before all services over its time, priced as until then; null where that time has two
 *     currencies, of which there is no sum
 * @param after the same priced anew; null likewise
 */
public record RepriceEffect(Reprice reprice, @Nullable Sum before, @Nullable Sum after) {
  /**
   * @param currency ISO 4217 code
   * @param actual 6 decimals
   * @param baseline awake all the time, 6 decimals
   */
  public record Sum(String currency, BigDecimal actual, BigDecimal baseline) {}
}
