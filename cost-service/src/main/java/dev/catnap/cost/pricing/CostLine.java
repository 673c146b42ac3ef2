package dev.catnap.cost.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What one resource of one interval costs, what it would have cost awake, and why.
 *
 * @param quantity in base units of the resource, a whole number
 * @param awakeQuantity the same had the container been running all the time; never less
 * @param rate a priced unit of the resource for an hour
 */
public record CostLine(
    Interval interval,
    Resource resource,
    BigDecimal quantity,
    BigDecimal awakeQuantity,
    BigDecimal rate,
    List<Assumption> assumptions) {
  private static final int DECIMALS = 18;

  public CostLine {
    assumptions = List.copyOf(assumptions);
  }

  /** Rounded to 18 decimals for people; sums are made of quantities, see {@link Cost}. */
  public BigDecimal amount() {
    return money(quantity);
  }

  public BigDecimal awakeAmount() {
    return money(awakeQuantity);
  }

  private BigDecimal money(BigDecimal baseUnits) {
    return baseUnits
        .multiply(rate)
        .divide(resource.baseUnitsPerHour(), DECIMALS, RoundingMode.HALF_EVEN);
  }
}
