package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Held;
import dev.catnap.cost.commitment.ReservedUse;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.Reprice;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.events.ContainerSpec;
import dev.catnap.events.NotWaking;
import dev.catnap.events.Readiness;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.SleepPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Figures of reservations by day, exactly, whatever month they are booked in. */
final class SettledFigures {
  private SettledFigures() {}

  /** Scarce and plenty, for all, for a host and for a label; changed, taken away, repriced. */
  static List<RateHistory> histories(Instant since) {
    RateVersion prices = Cards.known(1, RateVersion.SINCE_EVER, Rates.DEFAULT);
    RateVersion all = reserved(2, RateScope.EVERYTHING, "0.3", since, since);
    RateVersion label = reserved(3, RateScope.of(null, "team=blue"), "1", since, since);
    Instant later = since.plus(Duration.ofMinutes(3_010));
    RateVersion changed =
        new RateVersion(
            4,
            2,
            later,
            "api",
            false,
            reserved(4, RateScope.EVERYTHING, "2", since, later).content());
    RateVersion removed = new RateVersion(5, 3, later, "api", true, label.content());
    RateVersion host = reserved(6, RateScope.of("host-a", null), "0.7", since, later);
    Reprice reprice = new Reprice(later.plusSeconds(900_000), since, later, "any");
    return List.of(
        new RateHistory(List.of(prices, all), List.of()),
        new RateHistory(List.of(prices, all, label), List.of()),
        new RateHistory(List.of(prices, all, label, changed, removed), List.of()),
        new RateHistory(List.of(prices, all, label, changed, removed, host), List.of(reprice)));
  }

  private static RateVersion reserved(
      long number, RateScope scope, String cores, Instant from, Instant recordedAt) {
    return Cards.known(
        number,
        recordedAt,
        new ReservedCapacity(
            from,
            null,
            scope,
            new BigDecimal(cores),
            new BigDecimal("0.2"),
            new BigDecimal("0.07"),
            "USD"));
  }

  /** A definition of the service that is of this team from then on. */
  static ServiceDefinition definition(String service, String team, Instant at) {
    return new ServiceDefinition(
        service,
        service,
        null,
        null,
        ContainerSpec.ADOPTED,
        true,
        List.of(),
        SleepPolicy.DEFAULT,
        Readiness.DEFAULT,
        List.of(),
        NotWaking.NONE,
        null,
        Map.of("team", team),
        ServiceDefinition.Source.LABELS,
        at,
        null);
  }

  static Map<String, BigDecimal> settled(
      LedgerFixture fixture,
      Reservations reservations,
      Instant from,
      Instant to,
      RateHistory rates) {
    return fixture.database.read(() -> figures(reservations.settle(from, to, rates).orElseThrow()));
  }

  /** From the facts alone, the window as a whole. */
  static Map<String, BigDecimal> fromFacts(
      LedgerFixture fixture, Instant from, Instant to, RateHistory rates) {
    return fixture.database.read(() -> {
      ReservedUse use = new ReservedUse(from, to, rates);
      LedgerLines pricing = new LedgerLines(from, to, rates, List.of());
      new HistoryReader(fixture.jdbc)
          .read(from, to, List.of())
          .forEach(history ->
              pricing.of(
                  history,
                  line -> use.add(Posting.of(line, line.from()), history.labelsAt(line.from()))));
      return figures(use.settled());
    });
  }

  private static Map<String, BigDecimal> figures(Settlement settlement) {
    Map<String, BigDecimal> figures = new TreeMap<>();
    for (Held held : settlement.held()) {
      String key = held.day() + " " + held.of() + " " + held.resource() + " " + held.listRate();
      add(figures, key + " units", held.units());
      add(figures, key + " amount", held.amount());
      add(figures, key + " unused units", held.unusedUnits());
      add(figures, key + " unused", held.unused());
    }
    for (Drawn drawn : settlement.drawn()) {
      Posting use = drawn.use();
      List<Object> parts = new ArrayList<>(List.of(use.at(), drawn.from(), use.service()));
      parts.addAll(List.of(use.container(), use.host(), use.state(), use.resource(), use.rate()));
      add(figures, parts + " quantity", use.quantity());
      add(figures, parts + " awake", use.awakeQuantity());
      add(figures, parts + " covered", drawn.covered());
      add(figures, parts + " covered awake", drawn.coveredAwake());
      add(figures, parts + " charged", drawn.charged());
    }
    figures.values().removeIf(sum -> sum.signum() == 0);
    return figures;
  }

  private static void add(Map<String, BigDecimal> sums, String key, BigDecimal value) {
    sums.merge(key, value.setScale(18), BigDecimal::add);
  }
}
