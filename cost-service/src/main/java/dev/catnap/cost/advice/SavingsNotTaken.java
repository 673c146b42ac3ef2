package dev.catnap.cost.advice;

import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.report.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  /** Adds what became of a container of the service in a part of the window. */
  public void add(String service, Outcome outcome) {
    Map<SavingNotTaken.Change, BigDecimal> changes =
        sums.computeIfAbsent(service, any -> new EnumMap<>(SavingNotTaken.Change.class));
    add(changes, SavingNotTaken.Change.SHORTER_IDLE_TIMEOUT, outcome, outcome.earlierAsleep());
    add(changes, SavingNotTaken.Change.STOP_INSTEAD_OF_PAUSE, outcome, outcome.stopped());
    add(changes, SavingNotTaken.Change.RIGHT_SIZE, outcome, outcome.sized());
  }

  private static void add(
      Map<SavingNotTaken.Change, BigDecimal> changes,
      SavingNotTaken.Change change,
      Outcome outcome,
      BigDecimal otherwise) {
    changes.merge(change, outcome.paid().subtract(otherwise), BigDecimal::add);
  }

  /** Those worth most first; only what is worth more than 0. */
  public List<SavingNotTaken> all() {
    List<SavingNotTaken> found = new ArrayList<>();
    sums.forEach((service, changes) ->
        changes.forEach((change, amount) -> {
          BigDecimal saving = Money.round(Exact.money(amount));
          if (saving.signum() > 0) {
            found.add(
                new SavingNotTaken(service, change, saving, monthly(saving), assumption(change)));
          }
        }));
    found.sort(Comparator.comparing(SavingNotTaken::saving).reversed());
    return found;
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
