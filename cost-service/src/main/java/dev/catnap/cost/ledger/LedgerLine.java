package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * One resource of one interval of a container, priced and booked. Quantities are whole numbers of
 * base units times microseconds, negative in a reversal; each is a level times the length of the
 * interval, so a part of a line is exact as well.
 *
 * @param from inclusive
 * @param to exclusive, in the same hour of UTC
 * @param quantity what was paid for
 * @param awakeQuantity the same had the container been awake
 * @param reservedQuantity set aside while awake, 0 at rest
 * @param usedQuantity used while awake, 0 at rest
 * @param micros length of the interval; negative in a reversal
 * @param rate a priced unit of the resource for an hour
 */
public record LedgerLine(
    String service,
    String container,
    String host,
    RunState state,
    Resource resource,
    Instant from,
    Instant to,
    BigDecimal quantity,
    BigDecimal awakeQuantity,
    BigDecimal reservedQuantity,
    BigDecimal usedQuantity,
    long micros,
    BigDecimal rate,
    String currency,
    List<Assumption> assumptions,
    Booking booking) {
  private static final int DECIMALS = 18;

  public LedgerLine {
    assumptions = List.copyOf(assumptions);
    rate = plain(rate);
  }

  /** One writing of each rate, so that equal rates are equal. */
  private static BigDecimal plain(BigDecimal rate) {
    BigDecimal stripped = rate.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  static LedgerLine of(CostLine line, String currency) {
    Interval interval = line.interval();
    boolean counts = isAwake(interval.state()) && isHeld(line.resource());
    Level reserved = counts ? interval.reserved() : Level.NOTHING;
    Level used = counts ? interval.awake() : Level.NOTHING;
    return new LedgerLine(
        interval.service(),
        interval.container(),
        interval.host(),
        interval.state(),
        line.resource(),
        interval.from(),
        interval.to(),
        line.quantity(),
        line.awakeQuantity(),
        interval.micros().multiply(of(reserved, line.resource())),
        interval.micros().multiply(of(used, line.resource())),
        interval.micros().longValueExact(),
        line.rate(),
        currency,
        line.assumptions(),
        Booking.original(interval.from()));
  }

  private static boolean isAwake(RunState state) {
    return state != RunState.SLEEPING && state != RunState.STOPPED;
  }

  private static boolean isHeld(Resource resource) {
    return resource == Resource.CPU || resource == Resource.MEMORY;
  }

  private static BigDecimal of(Level level, Resource resource) {
    return BigDecimal.valueOf(resource == Resource.CPU ? level.nanoCores() : level.bytes());
  }

  /** Rounded to 18 decimals for people; sums are made of quantities. */
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

  LedgerLine booked(Booking other) {
    boolean turn = other.reversal() != booking.reversal();
    return new LedgerLine(
        service,
        container,
        host,
        state,
        resource,
        from,
        to,
        turn ? quantity.negate() : quantity,
        turn ? awakeQuantity.negate() : awakeQuantity,
        turn ? reservedQuantity.negate() : reservedQuantity,
        turn ? usedQuantity.negate() : usedQuantity,
        turn ? -micros : micros,
        rate,
        currency,
        assumptions,
        other);
  }

  /** Whether it is booked elsewhere than in the month of its interval. */
  public boolean isCorrection() {
    return !booking.month().equals(Booking.monthOf(from));
  }

  /** The reasons of all, each once, in order. */
  static List<Assumption> union(Collection<Assumption> one, Collection<Assumption> other) {
    return List.copyOf(AssumptionBits.read(AssumptionBits.of(one) | AssumptionBits.of(other)));
  }
}
