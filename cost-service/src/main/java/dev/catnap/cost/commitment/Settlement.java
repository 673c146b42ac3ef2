package dev.catnap.cost.commitment;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What became of all reservations over a window, exactly: amount of what is held = charged for what
 * is drawn + unused.
 *
 * @param held in order of day, both resources of each reservation
 * @param drawn what could draw on one, covered or not
 */
public record Settlement(List<Held> held, List<Drawn> drawn) {
  /** Where nothing is reserved. */
  public static final Settlement NOTHING = new Settlement(List.of(), List.of());

  public Settlement {
    held = List.copyOf(held);
    drawn = List.copyOf(drawn);
  }

  /** What is of these services alone; what nobody used is of none. Empty: all of it. */
  public Settlement of(Collection<String> services) {
    return services.isEmpty()
        ? this
        : new Settlement(
            List.of(),
            drawn.stream().filter(one -> services.contains(one.use().service())).toList());
  }

  /** What is booked in a month. */
  public Settlement bookedIn(YearMonth month) {
    return new Settlement(
        held.stream().filter(one -> one.booked().equals(month)).toList(),
        drawn.stream().filter(one -> month.equals(one.use().booked())).toList());
  }

  public Settlement plus(Settlement other) {
    return new Settlement(
        Stream.concat(held.stream(), other.held.stream()).toList(),
        Stream.concat(drawn.stream(), other.drawn.stream()).toList());
  }

  /**
   * What more than at the cards was paid, by day of UTC; negative where reservations are cheaper.
   */
  public Map<Instant, BigDecimal> addedByDay() {
    Map<Instant, BigDecimal> days = new HashMap<>();
    held.forEach(one -> days.merge(one.day(), one.unused(), BigDecimal::add));
    drawn.forEach(one ->
        days.merge(one.use().at(), one.charged().subtract(one.coveredAtCard()), BigDecimal::add));
    return days;
  }

  /** What belongs to the same day is added up. */
  public static Settlement sum(Collection<Settlement> parts) {
    SettlementSum sums = new SettlementSum();
    for (Settlement part : parts) {
      part.held().forEach(sums::held);
      part.drawn().forEach(sums::drawn);
    }
    return sums.settlement();
  }

  public boolean isNothing() {
    return held.isEmpty();
  }

  /** Paid for all reservations. */
  public BigDecimal amount() {
    return held.stream().map(Held::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The part of it for what nobody used. */
  public BigDecimal unused() {
    return held.stream().map(Held::unused).reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
