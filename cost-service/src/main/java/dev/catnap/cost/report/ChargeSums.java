package dev.catnap.cost.report;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prices histories, such as they might have been, and sums by container, state and resource. */
public final class ChargeSums {
  private final Instant from;
  private final Instant to;
  private final LedgerLines pricing;
  private final List<Charge> charges = new ArrayList<>();

  /**
   * @param to exclusive; the present at the latest
   */
  public ChargeSums(Instant from, Instant to, RateHistory rates) {
    this.from = from;
    this.to = to;
    this.pricing = new LedgerLines(from, to, rates, List.of());
  }

  /** Adds a container; each at most once. */
  public void add(ContainerHistory history) {
    Postings sums = new Postings(Postings.Detail.ITEMS, from);
    pricing.of(history, sums::add);
    List<Reservation> reservations = history.reservations();
    Reservation newest = reservations.isEmpty() ? null : reservations.getLast();
    sums.all().forEach(posting -> charges.add(Charge.of(posting, from, to, newest)));
  }

  /** All charges so far; those that are 0 among them. */
  public List<Charge> charges() {
    return List.copyOf(charges);
  }
}
