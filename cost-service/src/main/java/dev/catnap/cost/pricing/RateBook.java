package dev.catnap.cost.pricing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The cards as they were known at one moment. */
final class RateBook {
  private final Map<RateScope.Kind, List<Rates>> prices = new EnumMap<>(RateScope.Kind.class);
  private final Map<RateScope.Kind, List<ReservedCapacity>> reserved =
      new EnumMap<>(RateScope.Kind.class);
  private final List<RateVersion> versions;

  /**
   * @param recorded all versions recorded up to the moment, the newest last
   */
  RateBook(Collection<RateVersion> recorded) {
    Map<Long, RateVersion> newest = new LinkedHashMap<>();
    recorded.forEach(version -> newest.put(version.card(), version));
    versions =
        newest.values().stream()
            .filter(version -> !version.removed())
            .sorted(Comparator.comparing(version -> version.content().validFrom()))
            .toList();
    for (RateScope.Kind kind : RateScope.Kind.values()) {
      prices.put(kind, new ArrayList<>());
      reserved.put(kind, new ArrayList<>());
    }
    // Those that began last come first.
    for (RateVersion version : versions.reversed()) {
      switch (version.content()) {
        case Rates rates -> in(prices, rates.scope()).add(rates);
        case ReservedCapacity capacity -> in(reserved, capacity.scope()).add(capacity);
      }
    }
  }

  private static <C> List<C> in(Map<RateScope.Kind, List<C>> cards, RateScope scope) {
    return cards.getOrDefault(scope.kind(), List.of());
  }

  /** Of each scope, for prices and for reservations, the card that decides at a time. */
  List<RateVersion> inEffectAt(Instant time) {
    RateCard standing = at(time, "", Map.of());
    return versions.stream()
        .filter(version -> version.content() == standing || decides(version.content(), time))
        .toList();
  }

  private boolean decides(RateCard card, Instant time) {
    return card.holdsAt(time)
        && (card.scope().kind() != RateScope.Kind.DEFAULT || card instanceof ReservedCapacity)
        && versions.stream()
            .map(RateVersion::content)
            .noneMatch(other ->
                RateRules.rivals(card, other)
                    && other.validFrom().isAfter(card.validFrom())
                    && other.holdsAt(time));
  }

  /** What is paid. Where no default card holds, the next to begin does. */
  Rates at(Instant time, String host, Map<String, String> labels) {
    return holding(prices, time, host, labels).orElseGet(() -> nextDefault(time));
  }

  /** The reservation that is drawn on; empty where there is none. */
  Optional<ReservedCapacity> reservedAt(Instant time, String host, Map<String, String> labels) {
    return holding(reserved, time, host, labels);
  }

  private static <C extends RateCard> Optional<C> holding(
      Map<RateScope.Kind, List<C>> cards, Instant time, String host, Map<String, String> labels) {
    for (List<C> ofKind : cards.values()) {
      for (C card : ofKind) {
        if (card.holdsAt(time) && card.scope().matches(host, labels)) {
          return Optional.of(card);
        }
      }
    }
    return Optional.empty();
  }

  private Rates nextDefault(Instant time) {
    List<Rates> defaults = prices.getOrDefault(RateScope.Kind.DEFAULT, List.of());
    return defaults.reversed().stream()
        .filter(card -> card.validFrom().isAfter(time))
        .findFirst()
        .orElseGet(defaults::getFirst);
  }
}
