package dev.catnap.cost.commitment;

import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;

/**
 * One resource of a reservation on a day: what it cost and what of it nobody used. Of one that
 * corrects a closed month only the latter can be other than 0.
 *
 * @param day begin of a day of UTC
 * @param booked month that it is booked in
 * @param listRate what a priced unit costs an hour by the default card
 * @param units that are reserved, in base units, a whole number
 * @param amount paid for them, 18 decimals
 * @param unusedUnits of them nobody used
 * @param unused the part of the amount for these
 */
public record Held(
    ReservedCapacity of,
    Resource resource,
    Instant day,
    YearMonth booked,
    BigDecimal listRate,
    BigDecimal units,
    BigDecimal amount,
    BigDecimal unusedUnits,
    BigDecimal unused) {
  Held plus(Held other) {
    return new Held(
        of,
        resource,
        day,
        booked,
        listRate,
        units.add(other.units),
        amount.add(other.amount),
        unusedUnits.add(other.unusedUnits),
        unused.add(other.unused));
  }
}
