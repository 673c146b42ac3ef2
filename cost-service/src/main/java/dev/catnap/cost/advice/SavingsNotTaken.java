package dev.catnap.cost.advice;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.pricing.Level;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.ChargeSums;
import dev.catnap.cost.report.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Savings not taken, by service and change: what the window cost less what it would have cost, both
 * from the one price function. The changes overlap, so their sum is not what all of them together
 * would be worth.
 */
public final class SavingsNotTaken {
  private final Instant from;
  private final Instant to;
  private final RateHistory rates;
  private final Duration idleShorterBy;
  private final Map<String, Map<SavingNotTaken.Change, BigDecimal>> sums = new TreeMap<>();

  /**
   * @param to the present at the latest
   * @param idleShorterBy by how much the idle timeout would be shorter, more than 0
   */
  public SavingsNotTaken(Instant from, Instant to, RateHistory rates, Duration idleShorterBy) {
    this.from = from;
    this.to = to;
    this.rates = rates;
    this.idleShorterBy = idleShorterBy;
  }

  /** Those worth most first; only what is worth more than 0. */
  public List<SavingNotTaken> of(Collection<ContainerHistory> histories) {
    histories.forEach(this::add);
    List<SavingNotTaken> found = new ArrayList<>();
    sums.forEach((service, changes) ->
        changes.forEach((change, amount) -> {
          BigDecimal saving = Money.round(amount);
          if (saving.signum() > 0) {
            found.add(
                new SavingNotTaken(service, change, saving, monthly(saving), assumption(change)));
          }
        }));
    found.sort(Comparator.comparing(SavingNotTaken::saving).reversed());
    return found;
  }

  private void add(ContainerHistory history) {
    BigDecimal paid = cost(history);
    BiConsumer<SavingNotTaken.Change, ContainerHistory> compare =
        (change, other) ->
            sums.computeIfAbsent(
                    history.service(), any -> new EnumMap<>(SavingNotTaken.Change.class))
                .merge(change, paid.subtract(cost(other)), BigDecimal::add);
    compare.accept(
        SavingNotTaken.Change.SHORTER_IDLE_TIMEOUT, WhatIf.earlierAsleep(history, idleShorterBy));
    compare.accept(SavingNotTaken.Change.STOP_INSTEAD_OF_PAUSE, WhatIf.stopped(history));
    Optional<Level> size = RightSize.of(history.hours());
    size.ifPresent(level ->
        compare.accept(SavingNotTaken.Change.RIGHT_SIZE, WhatIf.reserving(history, level)));
  }

  private BigDecimal cost(ContainerHistory history) {
    ChargeSums charges = new ChargeSums(from, to, rates);
    charges.add(history);
    // What would have been moved over the network otherwise is not known: nothing is credited.
    return charges.charges().stream()
        .filter(charge -> !charge.resource().isNetwork())
        .map(Charge::actual)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private BigDecimal monthly(BigDecimal saving) {
    BigDecimal monthMillis =
        rates
            .atDefault(to)
            .monthHours()
            .multiply(BigDecimal.valueOf(Duration.ofHours(1).toMillis()));
    return saving
        .multiply(monthMillis)
        .divide(
            BigDecimal.valueOf(Duration.between(from, to).toMillis()),
            Money.DECIMALS,
            RoundingMode.HALF_EVEN);
  }

  private String assumption(SavingNotTaken.Change change) {
    return switch (change) {
      case SHORTER_IDLE_TIMEOUT ->
          "each sleep begins "
              + idleShorterBy.toSeconds()
              + " s earlier; wakes that this would add are not counted, so it is the most it can be"
              + " worth";
      case STOP_INSTEAD_OF_PAUSE ->
          "each sleep is a stop: no memory, and every wake takes a start of the container";
      case RIGHT_SIZE ->
          "1.15 x P90 of the hourly means awake is set aside in place of what is; peaks within an"
              + " hour are not seen";
    };
  }
}
