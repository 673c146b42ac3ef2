package dev.catnap.cost.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.Map;

/**
 * A sum of lines that never rounds: rate times quantity is kept whole for each resource, and
 * divided by the unit only when somebody asks. The same lines give the same sum in any order and
 * any split.
 */
public final class Cost {
  /**
   * Decimals of what is asked for, far beyond what is shown. The rest is cut off, so that parts
   * never exceed their total.
   */
  private static final int DECIMALS = 18;

  private final Map<Resource, BigDecimal> actual = new EnumMap<>(Resource.class);
  private final Map<Resource, BigDecimal> saving = new EnumMap<>(Resource.class);

  public void add(CostLine line) {
    add(line.resource(), line.rate(), line.quantity(), line.awakeQuantity());
  }

  /** Adds a line, or a sum of lines of one resource at one rate; quantities in base units. */
  public void add(
      Resource resource, BigDecimal rate, BigDecimal quantity, BigDecimal awakeQuantity) {
    actual.merge(resource, rate.multiply(quantity), BigDecimal::add);
    saving.merge(resource, rate.multiply(awakeQuantity.subtract(quantity)), BigDecimal::add);
  }

  /** What was paid for the resource. */
  public BigDecimal actual(Resource resource) {
    return money(actual, resource);
  }

  /** What more it would have cost awake all the time, 0 or more. */
  public BigDecimal saving(Resource resource) {
    return money(saving, resource);
  }

  public BigDecimal actual() {
    return total(actual);
  }

  public BigDecimal saving() {
    return total(saving);
  }

  private static BigDecimal total(Map<Resource, BigDecimal> sums) {
    BigDecimal total = BigDecimal.ZERO;
    for (Resource resource : Resource.values()) {
      total = total.add(money(sums, resource));
    }
    return total;
  }

  private static BigDecimal money(Map<Resource, BigDecimal> sums, Resource resource) {
    return sums.getOrDefault(resource, BigDecimal.ZERO)
        .divide(resource.baseUnitsPerHour(), DECIMALS, RoundingMode.DOWN);
  }
}
