package dev.catnap.cost.report;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Slicer;
import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Pricing;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sums priced intervals by day, container, state and resource; exact. */
public final class ChargeSums {
  private final Instant from;
  private final Instant to;
  private final RateHistory rates;
  private final Slicer slicer;
  private final List<Charge> charges = new ArrayList<>();

  private record Key(
      Instant day, String host, RunState state, Resource resource, BigDecimal rate, String unit) {}

  /** Sums of one key while they are being made. */
  private static final class Sum {
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigDecimal awake = BigDecimal.ZERO;
    private BigDecimal micros = BigDecimal.ZERO;

    void add(CostLine line) {
      quantity = quantity.add(line.quantity());
      awake = awake.add(line.awakeQuantity());
      micros = micros.add(line.interval().micros());
    }
  }

  /**
   * @param to exclusive; the present at the latest
   */
  public ChargeSums(Instant from, Instant to, RateHistory rates) {
    this.from = from;
    this.to = to;
    this.rates = rates;
    this.slicer = new Slicer(from, to, new HashSet<>(rates.changes()));
  }

  /** Adds a container; each at most once. */
  public void add(ContainerHistory history) {
    Map<Key, Sum> sums = new LinkedHashMap<>();
    List<Reservation> reservations = history.reservations();
    Reservation newest = reservations.isEmpty() ? null : reservations.getLast();
    Map<String, String> labels = newest == null ? Map.of() : newest.labels();
    slicer.slice(history, interval -> add(interval, labels, sums));
    sums.forEach((key, sum) -> charges.add(charge(history, newest, key, sum)));
  }

  private void add(Interval interval, Map<String, String> labels, Map<Key, Sum> sums) {
    Rates card = rates.at(interval.from(), interval.host(), labels);
    for (CostLine line : Pricing.price(interval, card)) {
      Key key =
          new Key(
              interval.from().truncatedTo(ChronoUnit.DAYS),
              interval.host(),
              interval.state(),
              line.resource(),
              line.rate(),
              card.currency());
      sums.computeIfAbsent(key, any -> new Sum()).add(line);
    }
  }

  private Charge charge(ContainerHistory history, @Nullable Reservation newest, Key key, Sum sum) {
    Instant next = key.day().plus(1, ChronoUnit.DAYS);
    return new Charge(
        key.day().isBefore(from) ? from : key.day(),
        next.isAfter(to) ? to : next,
        history.service(),
        history.container(),
        key.host(),
        key.state(),
        key.resource(),
        sum.quantity,
        sum.awake,
        sum.micros,
        key.rate(),
        key.unit(),
        newest == null ? null : newest.group(),
        newest == null ? Map.of() : newest.labels());
  }

  /** All charges so far; those that are 0 among them. */
  public List<Charge> charges() {
    return List.copyOf(charges);
  }
}
