package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.ReservedCapacity;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a container used on a day of what it may draw on a reservation, and how much of it was
 * covered. All of it negative or 0 where a correction takes back.
 *
 * @param use all it used of the resource at a rate, in a state, and the month that is booked in;
 *     {@code at} is the day of UTC
 * @param covered of the quantity, in base units, a whole number
 * @param coveredAwake of the quantity had all containers been awake
 * @param charged the part of the reservation's amount for what is covered, 18 decimals
 */
public record Drawn(
    ReservedCapacity from,
    Posting use,
    BigDecimal covered,
    BigDecimal coveredAwake,
    BigDecimal charged) {
  private static final int DECIMALS = 18;

  /** What is covered, as it would cost at its card; cut off after 18 decimals. */
  public BigDecimal coveredAtCard() {
    return money(covered);
  }

  /** The same had all containers been awake. */
  public BigDecimal coveredAwakeAtCard() {
    return money(coveredAwake);
  }

  /** What was paid at the card for what is not covered. */
  public BigDecimal exceeding() {
    return money(use.quantity().subtract(covered));
  }

  /** The same had all containers been awake. */
  public BigDecimal exceedingAwake() {
    return money(use.awakeQuantity().subtract(coveredAwake));
  }

  private BigDecimal money(BigDecimal baseUnits) {
    return baseUnits
        .multiply(use.rate())
        .divide(use.resource().baseUnitsPerHour(), DECIMALS, RoundingMode.DOWN);
  }

  Drawn plus(Drawn other) {
    return new Drawn(
        from,
        use.plus(other.use),
        covered.add(other.covered),
        coveredAwake.add(other.coveredAwake),
        charged.add(other.charged));
  }
}
