package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.pricing.RateCard;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.ReservedCapacity;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that the settlement of some booked hours of a day follows from: of two that are equal it is
 * the same.
 *
 * @param from a full hour
 * @param to a full hour of the same day of UTC, exclusive
 * @param change another one as soon as lines of these hours are booked again
 * @param cards in effect, from each change of rates on
 * @param labels of each service, from each definition on; empty where no reservation is for a label
 */
public record Basis(
    Instant from,
    Instant to,
    long change,
    SortedMap<Instant, List<RateCard>> cards,
    Map<String, SortedMap<Instant, Map<String, String>>> labels) {

  /**
   * @param definitions of all services, in order of time
   */
  public static Basis of(
      Instant from,
      Instant to,
      long change,
      RateHistory rates,
      Map<String, List<Reservation>> definitions) {
    SortedMap<Instant, List<RateCard>> cards = rates.cards(from, to);
    boolean byLabel = cards.values().stream().flatMap(Collection::stream).anyMatch(Basis::byLabel);
    Map<String, SortedMap<Instant, Map<String, String>>> labels = new HashMap<>();
    if (byLabel) {
      definitions.forEach((service, all) -> labels.put(service, labels(all, from, to)));
    }
    return new Basis(from, to, change, cards, labels);
  }

  private static boolean byLabel(RateCard card) {
    return card instanceof ReservedCapacity && card.scope().kind() == RateScope.Kind.LABEL;
  }

  private static SortedMap<Instant, Map<String, String>> labels(
      List<Reservation> all, Instant from, Instant to) {
    SortedMap<Instant, Map<String, String>> labels = new TreeMap<>();
    labels.put(from, Reservation.labelsAt(all, from));
    for (Reservation one : all) {
      if (one.since().isAfter(from) && one.since().isBefore(to)) {
        labels.put(one.since(), one.labels());
      }
    }
    return labels;
  }
}
