package dev.catnap.cost.advice;

import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * Sums of amounts as multiples of one unit that both a billionth of a core and a byte divide, so
 * that sums over all resources never round.
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

  private final Map<Resource, BigDecimal> rates = new EnumMap<>(Resource.class);
  private final Map<Resource, BigDecimal> quantities = new EnumMap<>(Resource.class);
  private BigDecimal sum = BigDecimal.ZERO;

  /** Quantities at one rate are added before they are multiplied: rates seldom change. */
  void add(CostLine line) {
    Resource resource = line.resource();
    if (!line.rate().equals(rates.get(resource))) {
      settle(resource);
      rates.put(resource, line.rate());
    }
    quantities.merge(resource, line.quantity(), BigDecimal::add);
  }

  private void settle(Resource resource) {
    BigDecimal quantity = quantities.remove(resource);
    if (quantity != null) {
      sum =
          sum.add(
              quantity
                  .multiply(FACTORS.getOrDefault(resource, BigDecimal.ONE))
                  .multiply(rates.getOrDefault(resource, BigDecimal.ZERO)));
    }
  }

  BigDecimal sum() {
    for (Resource resource : Resource.values()) {
      settle(resource);
    }
    return sum;
  }

  /** In the currency, cut off after 18 decimals. */
  static BigDecimal money(BigDecimal amount) {
    return amount.divide(WHOLE, DECIMALS, RoundingMode.DOWN);
  }
}
