package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Pricing;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Facts become lines: the one way from a history to money, for what is booked, for what is not
 * booked yet, and for what would have been.
 */
public final class LedgerLines {
  private final Instant from;
  private final Instant to;
  private final RateHistory rates;
  private final Set<Instant> cuts;

  /**
   * @param from inclusive
   * @param to exclusive; the present at the latest
   * @param cuts where lines are cut beside hours, states, definitions and rates
   */
  public LedgerLines(Instant from, Instant to, RateHistory rates, Collection<Instant> cuts) {
    this.from = from;
    this.to = to;
    this.rates = rates;
    this.cuts = new HashSet<>(rates.changes());
    this.cuts.addAll(cuts);
  }

  /** Lines of a container within its own part of the window, in order of time. */
  public void of(ContainerHistory history, Consumer<LedgerLine> into) {
    slicer(history)
        .slice(history, interval -> price(interval, history.labelsAt(interval.from()), into));
  }

  /**
   * The same for those who ask for quantities and rates alone.
   *
   * @param levels of the hours of the history
   */
  public void priced(ContainerHistory history, UsageLevels levels, Consumer<CostLine> into) {
    slicer(history)
        .slice(
            history,
            levels,
            interval ->
                Pricing.price(interval, card(interval, history.labelsAt(interval.from())))
                    .forEach(into));
  }

  private Slicer slicer(ContainerHistory history) {
    Instant start = history.from().isAfter(from) ? history.from() : from;
    Instant end = history.to().isBefore(to) ? history.to() : to;
    return new Slicer(start, end, cuts);
  }

  /** The same for a process of the suite. */
  public void of(SuiteUse use, Consumer<LedgerLine> into) {
    new Slicer(from, to, cuts).slice(use, interval -> price(interval, Map.of(), into));
  }

  private void price(Interval interval, Map<String, String> labels, Consumer<LedgerLine> into) {
    Rates card = card(interval, labels);
    for (CostLine line : Pricing.price(interval, card)) {
      into.accept(LedgerLine.of(line, card.currency()));
    }
  }

  private Rates card(Interval interval, Map<String, String> labels) {
    return rates.at(interval.from(), interval.host(), labels);
  }
}
