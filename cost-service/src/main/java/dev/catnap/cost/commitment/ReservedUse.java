package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Slicer;
import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Pricing;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.ReservedCapacity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of all reserved capacity over a window, settled hour by hour. */
public final class ReservedUse {
  private final Instant from;
  private final Instant to;
  private final RateHistory rates;
  private final NavigableMap<Instant, Map<ReservedCapacity, ReservedHour>> hours = new TreeMap<>();

  private ReservedUse(Instant from, Instant to, RateHistory rates) {
    this.from = from;
    this.to = to;
    this.rates = rates;
  }

  /**
   * @param to exclusive; the present at the latest
   * @param histories of all containers, whether they draw on a reservation or not
   * @return those that hold anywhere in the window, as they begin
   */
  public static List<ReservationCost> of(
      Instant from, Instant to, RateHistory rates, Collection<ContainerHistory> histories) {
    ReservedUse use = new ReservedUse(from, to, rates);
    use.open();
    histories.forEach(use::add);
    return use.settled();
  }

  /** Every hour, and each part of one between two changes of rates, is settled for itself. */
  private void open() {
    NavigableSet<Instant> starts = new TreeSet<>();
    starts.add(from);
    rates.changes().stream().filter(this::isWithin).forEach(starts::add);
    Instant hour = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    for (; isWithin(hour); hour = hour.plus(1, ChronoUnit.HOURS)) {
      starts.add(hour);
    }
    for (Instant start : starts) {
      Instant next = starts.higher(start);
      BigDecimal micros =
          BigDecimal.valueOf(Duration.between(start, next == null ? to : next).toNanos() / 1000);
      Map<ReservedCapacity, ReservedHour> reserved = new LinkedHashMap<>();
      for (ReservedCapacity capacity : rates.reservedAt(start)) {
        reserved.put(capacity, new ReservedHour(capacity, rates.atDefault(start), micros));
      }
      hours.put(start, reserved);
    }
  }

  private boolean isWithin(Instant time) {
    return time.isAfter(from) && time.isBefore(to);
  }

  private void add(ContainerHistory history) {
    new Slicer(from, to, rates.changes())
        .slice(history, interval -> add(interval, history.labelsAt(interval.from())));
  }

  private void add(Interval interval, Map<String, String> labels) {
    rates
        .reservedAt(interval.from(), interval.host(), labels)
        .map(hours.floorEntry(interval.from()).getValue()::get)
        .ifPresent(hour -> {
          List<CostLine> lines =
              Pricing.price(interval, rates.at(interval.from(), interval.host(), labels));
          lines.forEach(line -> hour.add(interval.service(), line));
        });
  }

  private List<ReservationCost> settled() {
    Map<ReservedCapacity, ReservationSum> sums = new LinkedHashMap<>();
    hours
        .values()
        .forEach(reserved ->
            reserved.forEach((capacity, hour) ->
                hour.settle(sums.computeIfAbsent(capacity, ReservationSum::new))));
    return sums.values().stream().map(ReservationSum::shown).toList();
  }
}
