package dev.catnap.cost.report.jdbc;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.ChargeSums;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Charges of what is stored, by day. */
public final class Charges {
  private final CostDatabase database;
  private final HistoryReader histories;
  private final RateCards cards;

  public Charges(CostDatabase database, RateCards cards) {
    this.database = database;
    this.histories = new HistoryReader(database.jdbc());
    this.cards = cards;
  }

  /**
   * @param to exclusive; the present at the latest
   * @param services only these; empty: all
   */
  public List<Charge> between(Instant from, Instant to, Collection<String> services) {
    return between(from, to, services, cards.history());
  }

  /** The same at other rates. */
  public List<Charge> between(
      Instant from, Instant to, Collection<String> services, RateHistory rates) {
    ChargeSums sums = new ChargeSums(from, to, rates);
    histories(from, to, services).forEach(sums::add);
    return sums.charges();
  }

  /** What is priced, for those who ask what something else would have cost. */
  public List<ContainerHistory> histories(Instant from, Instant to, Collection<String> services) {
    return database.read(() -> histories.read(from, to, services));
  }

  /** The rate cards as they are. */
  public RateHistory rates() {
    return cards.history();
  }

  /** When the first state of any service, or of these, was known. */
  public Optional<Instant> firstKnown(Collection<String> services) {
    return database.read(() -> Optional.ofNullable(histories.firstKnown(services)));
  }
}
