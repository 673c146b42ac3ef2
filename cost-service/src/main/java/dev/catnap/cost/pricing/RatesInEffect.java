package dev.catnap.cost.pricing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cards that decide over a stretch of time in which none begins or ends. */
final class RatesInEffect {
  private final List<RateVersion> versions;
  private final ByScope<Rates> prices = new ByScope<>();
  private final ByScope<ReservedCapacity> reserved = new ByScope<>();

  /** Of one kind, one a scope; looked up for each interval that is priced. */
  private static final class ByScope<C extends RateCard> {
    private final Map<String, Map<String, C>> labels = new HashMap<>();
    private final Map<String, C> hosts = new HashMap<>();
    private @Nullable C everything;

    void add(C card) {
      RateScope scope = card.scope();
      switch (scope.kind()) {
        case LABEL ->
            labels
                .computeIfAbsent(scope.labelName(), any -> new HashMap<>())
                .put(scope.labelValue(), card);
        case HOST -> hosts.put(scope.value(), card);
        case DEFAULT -> everything = card;
      }
    }

    /** Label before host before default; null where there is none. */
    @Nullable C of(String host, Map<String, String> names) {
      for (Map.Entry<String, Map<String, C>> label : labels.entrySet()) {
        String value = names.get(label.getKey());
        C card = value == null ? null : label.getValue().get(value);
        if (card != null) {
          return card;
        }
      }
      C card = hosts.get(host);
      return card == null ? everything : card;
    }
  }

  RatesInEffect(List<RateVersion> versions) {
    this.versions = List.copyOf(versions);
    for (RateVersion version : versions) {
      switch (version.content()) {
        case Rates rates -> prices.add(rates);
        case ReservedCapacity capacity -> reserved.add(capacity);
      }
    }
  }

  /** As they begin. */
  List<RateVersion> versions() {
    return versions;
  }

  Rates rates(String host, Map<String, String> labels) {
    Rates found = prices.of(host, labels);
    if (found == null) {
      throw new IllegalStateException("no default rate card among " + versions);
    }
    return found;
  }

  @Nullable ReservedCapacity reserved(String host, Map<String, String> labels) {
    return reserved.of(host, labels);
  }
}
