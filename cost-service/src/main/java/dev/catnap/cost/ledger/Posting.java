package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum of lines that share what is said here. Quantities as in {@link LedgerLine}.
 *
 * @param at begin of the day, or of the window where days are not told apart
 * @param service empty, as container, host: not told apart
 * @param booked null: not told apart
 */
public record Posting(
    Instant at,
    String service,
    String container,
    String host,
    RunState state,
    Resource resource,
    BigDecimal rate,
    String currency,
    @Nullable YearMonth booked,
    BigDecimal quantity,
    BigDecimal awakeQuantity,
    BigDecimal reservedQuantity,
    BigDecimal usedQuantity,
    BigDecimal micros,
    List<Assumption> assumptions) {
  /** A line as the sum of itself, with everything told apart but {@code at}. */
  public static Posting of(LedgerLine line, Instant at) {
    return new Posting(
        at,
        line.service(),
        line.container(),
        line.host(),
        line.state(),
        line.resource(),
        line.rate(),
        line.currency(),
        line.booking().month(),
        line.quantity(),
        line.awakeQuantity(),
        line.reservedQuantity(),
        line.usedQuantity(),
        BigDecimal.valueOf(line.micros()),
        line.assumptions());
  }

  /** The same on a day and booked in a month, with other quantities and no more than these. */
  public Posting of(
      Instant day, YearMonth month, BigDecimal otherQuantity, BigDecimal otherAwakeQuantity) {
    return new Posting(
        day,
        service,
        container,
        host,
        state,
        resource,
        rate,
        currency,
        month,
        otherQuantity,
        otherAwakeQuantity,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of());
  }

  /** Whether it is booked in another month than that of its day. */
  public boolean isCorrection() {
    return booked != null && !booked.equals(Booking.monthOf(at));
  }

  /** The same at another time. */
  public Posting at(Instant time) {
    return of(time, booked);
  }

  Posting anyMonth() {
    return of(at, null);
  }

  private Posting of(Instant time, @Nullable YearMonth month) {
    return new Posting(
        time,
        service,
        container,
        host,
        state,
        resource,
        rate,
        currency,
        month,
        quantity,
        awakeQuantity,
        reservedQuantity,
        usedQuantity,
        micros,
        assumptions);
  }

  /** The sum of two that share everything but quantities. */
  public Posting plus(Posting other) {
    return new Posting(
        at,
        service,
        container,
        host,
        state,
        resource,
        rate,
        currency,
        booked,
        quantity.add(other.quantity),
        awakeQuantity.add(other.awakeQuantity),
        reservedQuantity.add(other.reservedQuantity),
        usedQuantity.add(other.usedQuantity),
        micros.add(other.micros),
        assumptions.equals(other.assumptions)
            ? assumptions
            : LedgerLine.union(assumptions, other.assumptions));
  }
}
