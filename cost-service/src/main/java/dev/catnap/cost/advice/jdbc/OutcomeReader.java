package dev.catnap.cost.advice.jdbc;

import dev.catnap.cost.advice.ContainerId;
import dev.catnap.cost.advice.Outcome;
import dev.catnap.cost.advice.Outcomes;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.pricing.RateHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Prices parts of time from the facts, for one question.
 *
 * @param idleShorterBy by how much each sleep would have begun earlier
 * @param sizes what would have been set aside for each container, where that can be told
 */
record OutcomeReader(
    HistoryReader histories,
    RateHistory rates,
    Duration idleShorterBy,
    Map<ContainerId, Reservation> sizes) {
  /** Their histories are in memory together. */
  private static final int AT_A_TIME = 20;

  /** Containers that are known, of these services; empty: of all. */
  static List<ContainerId> containers(JdbcTemplate jdbc, Collection<String> services) {
    String[] names = services.toArray(String[]::new);
    return jdbc.query(
        """
        SELECT service, container FROM ledger_container
        WHERE cardinality(?::text[]) = 0 OR service = ANY (?::text[])
        """,
        (row, number) -> new ContainerId(row.getString(1), row.getString(2)),
        names,
        names);
  }

  /** As far around a part as {@link Outcomes} needs. */
  static List<Stretch> stretches(
      Collection<ContainerId> containers, Span part, Duration idleShorterBy) {
    return containers.stream()
        .map(id ->
            new Stretch(
                id.service(),
                id.container(),
                part.from().minus(Outcomes.BEFORE),
                part.to().plus(idleShorterBy)))
        .toList();
  }

  /**
   * Of each part the containers that are known in it.
   *
   * @param parts one after the other without a gap
   */
  List<Map<ContainerId, Outcome>> read(Collection<ContainerId> containers, List<Span> parts) {
    List<Map<ContainerId, Outcome>> all = new ArrayList<>();
    parts.forEach(part -> all.add(new HashMap<>()));
    for (List<ContainerId> some : someAtATime(containers)) {
      price(histories(some, parts), parts, all);
    }
    return all;
  }

  private static List<List<ContainerId>> someAtATime(Collection<ContainerId> containers) {
    List<ContainerId> all = List.copyOf(containers);
    List<List<ContainerId>> some = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_A_TIME) {
      some.add(all.subList(from, Math.min(all.size(), from + AT_A_TIME)));
    }
    return some;
  }

  private List<ContainerHistory> histories(Collection<ContainerId> containers, List<Span> parts) {
    Span all = new Span(parts.getFirst().from(), parts.getLast().to());
    return histories.readForPricing(stretches(containers, all, idleShorterBy));
  }

  List<Map<ContainerId, Outcome>> price(Collection<ContainerHistory> known, List<Span> parts) {
    List<Map<ContainerId, Outcome>> all = new ArrayList<>();
    parts.forEach(part -> all.add(new HashMap<>()));
    price(known, parts, all);
    return all;
  }

  private void price(
      Collection<ContainerHistory> known, List<Span> parts, List<Map<ContainerId, Outcome>> into) {
    Outcomes pricing = new Outcomes(parts, rates, idleShorterBy);
    for (ContainerHistory history : known) {
      ContainerId id = ContainerId.of(history);
      List<Outcome> outcomes = pricing.of(history, sizes.get(id));
      for (int i = 0; i < parts.size(); i++) {
        into.get(i).put(id, outcomes.get(i));
      }
    }
  }

  /** The same outcomes with the sizes asked for now, of those containers that had others. */
  List<Map<ContainerId, Outcome>> resized(
      Collection<ContainerId> others, List<Span> parts, List<Map<ContainerId, Outcome>> outcomes) {
    List<Map<ContainerId, Outcome>> all = new ArrayList<>();
    outcomes.forEach(known -> all.add(new HashMap<>(known)));
    Outcomes pricing = new Outcomes(parts, rates, idleShorterBy);
    for (List<ContainerId> some : someAtATime(others)) {
      for (ContainerHistory history : histories(some, parts)) {
        resize(history, pricing, all);
      }
    }
    return all;
  }

  private void resize(
      ContainerHistory history, Outcomes pricing, List<Map<ContainerId, Outcome>> into) {
    ContainerId id = ContainerId.of(history);
    Reservation size = sizes.get(id);
    BigDecimal[] sized = size == null ? null : pricing.sized(history, size);
    for (int i = 0; i < into.size(); i++) {
      BigDecimal other = sized == null ? null : sized[i];
      // In parts before a container was known there is none.
      into.get(i)
          .computeIfPresent(id, (any, one) -> one.with(size, other == null ? one.paid() : other));
    }
  }
}
