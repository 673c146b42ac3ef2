package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.UsageLevels;
import dev.catnap.cost.pricing.RateHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prices recorded and other histories for parts of time that follow each other, by the one price
 * function. What is told of a part does not depend on the others: a sleep soon after its end would
 * have begun in it, had it begun earlier, so histories have to reach further than the parts.
 */
public final class Outcomes {
  /** How far back histories must reach: falling asleep takes no longer. */
  public static final Duration BEFORE = Duration.ofHours(1);

  private final Instant[] starts;
  private final LedgerLines pricing;
  private final Duration idleShorterBy;

  /**
   * @param parts one after the other without a gap, at least one
   * @param idleShorterBy by how much each sleep would have begun earlier; histories reach as much
   *     beyond the last part
   */
  public Outcomes(List<Span> parts, RateHistory rates, Duration idleShorterBy) {
    this.starts = parts.stream().map(Span::from).toArray(Instant[]::new);
    this.pricing =
        new LedgerLines(
            parts.getFirst().from(), parts.getLast().to(), rates, Arrays.asList(starts));
    this.idleShorterBy = idleShorterBy;
  }

  /**
   * One of each part.
   *
   * @param size what would have been set aside; null: not to be told
   */
  public List<Outcome> of(ContainerHistory history, @Nullable Reservation size) {
    UsageLevels levels = new UsageLevels(history.hours());
    BigDecimal[] paid = cost(history, levels);
    BigDecimal[] earlier = cost(WhatIf.earlierAsleep(history, idleShorterBy), levels);
    BigDecimal[] stopped = cost(WhatIf.stopped(history), levels);
    BigDecimal[] sized = size == null ? paid : sized(history, levels, size);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      outcomes.add(new Outcome(paid[i], earlier[i], stopped[i], size, sized[i]));
    }
    return outcomes;
  }

  /** Of each part what it would have cost with so much set aside; of storage as it was. */
  public BigDecimal[] sized(ContainerHistory history, Reservation size) {
    return sized(history, new UsageLevels(history.hours()), size);
  }

  private BigDecimal[] sized(ContainerHistory history, UsageLevels levels, Reservation size) {
    List<Reservation> are = history.reservations();
    List<Reservation> sizes =
        are.isEmpty() ? List.of(size) : are.stream().map(size::storing).toList();
    return cost(history.withReservations(sizes), levels);
  }

  private BigDecimal[] cost(ContainerHistory history, UsageLevels levels) {
    Exact[] sums = new Exact[starts.length];
    Arrays.setAll(sums, part -> new Exact());
    pricing.priced(
        history,
        levels,
        line -> {
          if (!line.resource().isNetwork()) {
            int found = Arrays.binarySearch(starts, line.interval().from());
            sums[found >= 0 ? found : -found - 2].add(line);
          }
        });
    return Arrays.stream(sums).map(Exact::sum).toArray(BigDecimal[]::new);
  }
}
