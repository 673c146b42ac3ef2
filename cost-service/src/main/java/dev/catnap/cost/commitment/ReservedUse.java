package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.ReservedCapacity;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What became of all reserved capacity over a window, settled hour by hour. */
public final class ReservedUse {
  private final Instant from;
  private final Instant to;
  private final RateHistory rates;
  private final NavigableMap<Instant, Map<ReservedCapacity, ReservedHour>> hours = new TreeMap<>();

  /**
   * @param to exclusive; the present at the latest
   */
  public ReservedUse(Instant from, Instant to, RateHistory rates) {
    this.from = from;
    this.to = to;
    this.rates = rates;
    open();
  }

  /** From the first to the last moment of a window that anything is reserved; empty: never. */
  public static Optional<Span> span(Instant from, Instant to, RateHistory rates) {
    NavigableSet<Instant> starts = new TreeSet<>(rates.changes().subSet(from, false, to, false));
    starts.add(from);
    Instant first = null;
    Instant last = null;
    for (Instant start : starts) {
      if (!rates.reservedAt(start).isEmpty()) {
        first = first == null ? start : first;
        Instant next = starts.higher(start);
        last = next == null ? to : next;
      }
    }
    return first == null || last == null ? Optional.empty() : Optional.of(new Span(first, last));
  }

  /** Every hour, and each part of one between two changes of rates, is settled for itself. */
  private void open() {
    NavigableSet<Instant> starts = new TreeSet<>(rates.changes().subSet(from, false, to, false));
    starts.add(from);
    Instant hour = from.truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
    for (; hour.isBefore(to); hour = hour.plus(1, ChronoUnit.HOURS)) {
      starts.add(hour);
    }
    for (Instant start : starts) {
      Instant next = starts.higher(start);
      BigDecimal micros =
          BigDecimal.valueOf(Duration.between(start, next == null ? to : next).toNanos() / 1000);
      Map<ReservedCapacity, ReservedHour> reserved = new LinkedHashMap<>();
      for (ReservedCapacity capacity : rates.reservedAt(start)) {
        reserved.put(capacity, new ReservedHour(capacity, rates.atDefault(start), start, micros));
      }
      hours.put(start, reserved);
    }
  }

  /**
   * Adds what was used within the window, within an hour and between two changes of rates.
   *
   * @param use with the month it is booked in
   * @param labels of its service at that time
   */
  public void add(Posting use, Map<String, String> labels) {
    rates
        .reservedAt(use.at(), use.host(), labels)
        .map(hours.floorEntry(use.at()).getValue()::get)
        .ifPresent(hour -> hour.add(use));
  }

  /** Summed by day. */
  public Settlement settled() {
    SettlementSum sums = new SettlementSum();
    hours.values().forEach(reserved -> reserved.values().forEach(hour -> hour.settle(sums)));
    return sums.settlement();
  }
}
