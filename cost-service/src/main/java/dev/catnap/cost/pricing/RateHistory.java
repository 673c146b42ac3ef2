package dev.catnap.cost.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Rate cards by the time they hold from. Before the first card, the first holds. */
public final class RateHistory {
  private final NavigableMap<Instant, Rates> cards = new TreeMap<>();

  /**
   * @param cards at least one; all in one currency
   */
  public RateHistory(Collection<Rates> cards) {
    if (cards.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one rate card");
    }
    cards.forEach(card -> this.cards.put(card.validFrom(), card));
  }

  public Rates at(Instant time) {
    Map.Entry<Instant, Rates> card = cards.floorEntry(time);
    return card == null ? cards.firstEntry().getValue() : card.getValue();
  }

  /** Cards that hold anywhere between two times, the earliest first. */
  public List<Rates> within(Instant from, Instant to) {
    List<Rates> within = new ArrayList<>();
    within.add(at(from));
    within.addAll(cards.subMap(from, false, to, false).values());
    return within.stream().distinct().toList();
  }

  /** When rates change. */
  public Set<Instant> changes() {
    return cards.keySet();
  }
}
