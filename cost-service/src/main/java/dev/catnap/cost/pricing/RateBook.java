package dev.catnap.cost.pricing;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The cards as they were known at one moment. */
final class RateBook {
  private static final Comparator<RateVersion> BEGIN =
      Comparator.comparing(version -> version.content().validFrom());

  private final List<RateVersion> versions;

  /**
   * @param recorded all versions recorded up to the moment, the newest last
   */
  RateBook(Collection<RateVersion> recorded) {
    Map<Long, RateVersion> newest = new LinkedHashMap<>();
    recorded.forEach(version -> newest.put(version.card(), version));
    versions =
        newest.values().stream().filter(version -> !version.removed()).sorted(BEGIN).toList();
  }

  /**
   * Of each scope, for prices and for reservations, the card that decides at a time; as they begin.
   * Where no default card holds, the next to begin does.
   */
  RatesInEffect inEffectAt(Instant time) {
    List<RateVersion> deciding =
        versions.stream().filter(version -> decides(version.content(), time)).toList();
    if (deciding.stream().anyMatch(RateBook::isDefault)) {
      return new RatesInEffect(deciding);
    }
    Predicate<RateVersion> later = version -> version.content().validFrom().isAfter(time);
    return new RatesInEffect(
        Stream.concat(
                deciding.stream(),
                versions.stream().filter(RateBook::isDefault).filter(later).limit(1))
            .toList());
  }

  private boolean decides(RateCard card, Instant time) {
    return card.holdsAt(time)
        && versions.stream()
            .map(RateVersion::content)
            .noneMatch(other ->
                RateRules.rivals(card, other)
                    && other.validFrom().isAfter(card.validFrom())
                    && other.holdsAt(time));
  }

  private static boolean isDefault(RateVersion version) {
    return version.content() instanceof Rates rates
        && rates.scope().kind() == RateScope.Kind.DEFAULT;
  }
}
