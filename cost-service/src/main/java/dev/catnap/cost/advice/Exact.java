package dev.catnap.cost.advice;

import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * Amounts as multiples of one unit that both a billionth of a core and a byte divide, so that sums
 * over all resources never round.
 */
final class Exact {
  private static final int DECIMALS = 18;

  /** All units of resources are an hour of a power of ten or of two. */
  private static final BigDecimal WHOLE =
      Resource.CPU.baseUnitsPerHour().multiply(BigDecimal.valueOf(1L << 30));

  private static final Map<Resource, BigDecimal> FACTORS = new EnumMap<>(Resource.class);

  static {
    for (Resource resource : Resource.values()) {
      // Throws where it is no whole multiple.
      FACTORS.put(resource, WHOLE.divide(resource.baseUnitsPerHour(), 0, RoundingMode.UNNECESSARY));
    }
  }

  private Exact() {}

  static BigDecimal of(CostLine line) {
    return line.quantity()
        .multiply(FACTORS.getOrDefault(line.resource(), BigDecimal.ONE))
        .multiply(line.rate());
  }

  /** In the currency, cut off after 18 decimals. */
  static BigDecimal money(BigDecimal amount) {
    return amount.divide(WHOLE, DECIMALS, RoundingMode.DOWN);
  }
}
