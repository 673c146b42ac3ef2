package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be booked so that closed months and their corrections add up to what is known now. A
 * line that is no longer right is reversed and the right one added, rather than their difference
 * booked: so each part of an interval, and each state and host, still adds up by itself.
 */
public final class Corrections {
  private Corrections() {}

  /** All that makes a line the same line; what was assumed may change without an amount. */
  private record Content(Place place, String currency, BigDecimal rate) {}

  private record Place(
      Instant from,
      Instant to,
      String host,
      RunState state,
      Resource resource,
      BigDecimal quantity,
      BigDecimal awakeQuantity,
      BigDecimal reservedQuantity,
      BigDecimal usedQuantity) {}

  /**
   * @param booked lines of one container in closed months: originals, reversals and additions
   * @param right lines of the same container and time as they should be
   * @param month that is open, which corrections are booked in
   * @return empty where nothing is to be corrected
   */
  public static List<LedgerLine> of(
      Collection<LedgerLine> booked, Collection<LedgerLine> right, YearMonth month) {
    Map<Content, LedgerLine> standing = standing(booked);
    Map<Content, LedgerLine> wanted = new LinkedHashMap<>();
    right.forEach(line -> wanted.put(content(line), line));
    List<LedgerLine> corrections = new ArrayList<>();
    corrections.addAll(missing(standing, wanted, month, true));
    corrections.addAll(missing(wanted, standing, month, false));
    return corrections;
  }

  /** Lines of {@code one} that the other has not; at another rate where it has the place. */
  private static List<LedgerLine> missing(
      Map<Content, LedgerLine> one,
      Map<Content, LedgerLine> other,
      YearMonth month,
      boolean reversal) {
    Set<Place> places = new HashSet<>();
    other.keySet().forEach(content -> places.add(content.place()));
    List<LedgerLine> missing = new ArrayList<>();
    one.forEach((content, line) -> {
      if (!other.containsKey(content)) {
        boolean repriced = places.contains(content.place());
        missing.add(
            line.booked(
                new Booking(
                    month,
                    reversal,
                    repriced ? Booking.Reason.REPRICED : Booking.Reason.LATE_FACTS)));
      }
    });
    return missing;
  }

  /** Lines that were not reversed. */
  private static Map<Content, LedgerLine> standing(Collection<LedgerLine> booked) {
    Map<Content, Integer> counts = new LinkedHashMap<>();
    Map<Content, LedgerLine> lines = new LinkedHashMap<>();
    for (LedgerLine line : booked) {
      LedgerLine positive = line.booked(Booking.original(line.from()));
      Content content = content(positive);
      counts.merge(content, line.booking().reversal() ? -1 : 1, Integer::sum);
      lines.put(content, positive);
    }
    counts.forEach((content, count) -> {
      if (count == 0) {
        lines.remove(content);
      }
    });
    return lines;
  }

  private static Content content(LedgerLine line) {
    return new Content(
        new Place(
            line.from(),
            line.to(),
            line.host(),
            line.state(),
            line.resource(),
            line.quantity(),
            line.awakeQuantity(),
            line.reservedQuantity(),
            line.usedQuantity()),
        line.currency(),
        line.rate());
  }
}
