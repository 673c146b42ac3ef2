package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;

/**
 * A sum of lines within one step of a series.
 *
 * @param step number of the step, from 0 on
 */
public record StepSum(
    long step, Resource resource, BigDecimal rate, BigDecimal quantity, BigDecimal awakeQuantity) {
  /** The same so many steps later. */
  public StepSum later(long steps) {
    return new StepSum(step + steps, resource, rate, quantity, awakeQuantity);
  }
}
