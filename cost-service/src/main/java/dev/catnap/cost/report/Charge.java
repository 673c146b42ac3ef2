package dev.catnap.cost.report;

import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.Purchase;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one resource of one container in one state came to within one day of UTC, or within a window
 * where days are not told apart.
 *
 * @param from inclusive
 * @param to exclusive
 * @param quantity in base units of the resource, a whole number; negative only where a correction
 *     takes back more than it adds
 * @param awakeQuantity the same had it been awake all the time; never less
 * @param micros how long the container was in that state, in microseconds
 * @param rate a priced unit of the resource for an hour
 * @param purchase spot where any of it was paid at a spot rate, else on demand
 * @param group of the newest definition; null where it has none
 * @param labels of the newest definition
 * @param booked the month it is booked in
 */
public record Charge(
    Instant from,
    Instant to,
    String service,
    String container,
    String host,
    RunState state,
    Resource resource,
    BigDecimal quantity,
    BigDecimal awakeQuantity,
    BigDecimal micros,
    BigDecimal rate,
    Purchase purchase,
    String currency,
    @Nullable String group,
    Map<String, String> labels,
    YearMonth booked) {
  private static final int DECIMALS = 18;

  public Charge {
    labels = Map.copyOf(labels);
  }

  /**
   * A posting of a day, or of the window, as a charge.
   *
   * @param from begin of the window; a day begins no earlier
   * @param to its end; a day ends no later
   * @param newest the newest definition of the service; null where none is known
   */
  public static Charge of(Posting posting, Instant from, Instant to, @Nullable Reservation newest) {
    return new Charge(
        from,
        to,
        posting.service(),
        posting.container(),
        posting.host(),
        posting.state(),
        posting.resource(),
        posting.quantity(),
        posting.awakeQuantity(),
        posting.micros(),
        posting.rate(),
        posting.assumptions().contains(Assumption.SPOT_RATE) ? Purchase.SPOT : Purchase.ON_DEMAND,
        posting.currency(),
        newest == null ? null : newest.group(),
        newest == null ? Map.of() : newest.labels(),
        posting.booked() == null ? Booking.monthOf(from) : posting.booked());
  }

  /** Whether it corrects a month that was closed. */
  public boolean isCorrection() {
    return !booked.equals(Booking.monthOf(from));
  }

  /** What was paid, cut off after 18 decimals. */
  public BigDecimal actual() {
    return money(quantity);
  }

  /** What more it would have cost awake, 0 or more. */
  public BigDecimal saving() {
    return money(awakeQuantity.subtract(quantity));
  }

  /** Actual and saving. */
  public BigDecimal baseline() {
    return actual().add(saving());
  }

  private BigDecimal money(BigDecimal baseUnits) {
    return baseUnits
        .multiply(rate)
        .divide(resource.baseUnitsPerHour(), DECIMALS, RoundingMode.DOWN);
  }
}
