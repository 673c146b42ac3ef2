package dev.catnap.cost.report;

import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Slicer;
import dev.catnap.cost.ledger.SuiteUse;
import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Pricing;
import dev.catnap.cost.pricing.RateHistory;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums the priced intervals of a window by name and by step. Exact until asked for figures. */
public final class CostReport {
  private final Window window;
  private final Aggregation aggregation;
  private final RateHistory rates;
  private final Slicer slicer;
  private final SortedMap<String, ItemSum> items = new TreeMap<>();
  private final NavigableMap<Instant, Step> steps = new TreeMap<>();
  private final Cost total = new Cost();
  private final SuiteSum suite;

  /** One point of the series while it is being summed. */
  private static final class Step {
    private final Cost cost = new Cost();
    private final Cost suite = new Cost();
  }

  /**
   * @param window ends at the present at the latest
   * @param part whether only some services are asked for
   */
  public CostReport(Window window, Aggregation aggregation, RateHistory rates, boolean part) {
    this.suite = new SuiteSum(part);
    this.window = window;
    this.aggregation = aggregation;
    this.rates = rates;
    window.points().forEach(at -> steps.put(at, new Step()));
    Set<Instant> cuts = new HashSet<>(rates.changes());
    cuts.addAll(steps.keySet());
    this.slicer = new Slicer(window.from(), window.to(), cuts);
  }

  /** Adds a container; each at most once. */
  public void add(ContainerHistory history) {
    List<Reservation> reservations = history.reservations();
    Reservation newest = reservations.isEmpty() ? null : reservations.getLast();
    slicer.slice(history, interval -> add(interval, newest));
  }

  private void add(Interval interval, @Nullable Reservation newest) {
    Map<String, String> labels = newest == null ? Map.of() : newest.labels();
    List<CostLine> lines =
        Pricing.price(interval, rates.at(interval.from(), interval.host(), labels));
    items.computeIfAbsent(aggregation.keyOf(interval, newest), ItemSum::new).add(interval, lines);
    lines.forEach(total::add);
    Map.Entry<Instant, Step> step = steps.floorEntry(interval.from());
    if (step != null) {
      lines.forEach(step.getValue().cost::add);
    }
  }

  /** Adds what a process of the suite used. */
  public void add(SuiteUse use) {
    slicer.slice(use, this::addSuite);
  }

  private void addSuite(Interval interval) {
    List<CostLine> lines =
        Pricing.price(interval, rates.at(interval.from(), interval.host(), Map.of()));
    suite.add(interval, lines);
    Map.Entry<Instant, Step> step = steps.floorEntry(interval.from());
    if (step != null) {
      lines.forEach(step.getValue().suite::add);
    }
  }

  /** The exact sum, for those who add windows up. */
  public Cost exact() {
    return total;
  }

  public CostTotal total() {
    BigDecimal suiteCost = suite.figures().cost();
    return CostTotal.of(Money.round(total.actual()), Money.round(total.saving()), suiteCost);
  }

  public SuiteCost suite() {
    return suite.figures();
  }

  /** All items in order of name. */
  public List<CostItem> items() {
    List<ItemSum> sums = List.copyOf(items.values());
    List<Cost> costs = sums.stream().map(ItemSum::cost).toList();
    Rounded actual = new Rounded(costs, total, Cost::actual);
    Rounded saving = new Rounded(costs, total, Cost::saving);
    return IntStream.range(0, sums.size())
        .mapToObj(i -> sums.get(i).item(actual.item(i), saving.item(i)))
        .toList();
  }

  /** A point a step; empty when the window has no step. */
  public List<CostPoint> series() {
    CostTotal shown = total();
    List<Step> points = List.copyOf(steps.values());
    if (points.isEmpty()) {
      return List.of();
    }
    List<BigDecimal> actual =
        Money.apportion(points.stream().map(p -> p.cost.actual()).toList(), shown.actual());
    List<BigDecimal> saved =
        Money.apportion(
            points.stream().map(p -> p.cost.saving()).toList(), shown.savingBeforeSuite());
    List<BigDecimal> ofSuite =
        shown.suite() == null
            ? List.of()
            : Money.apportion(points.stream().map(p -> p.suite.actual()).toList(), shown.suite());
    List<Instant> at = List.copyOf(steps.keySet());
    return IntStream.range(0, points.size())
        .mapToObj(i -> point(at.get(i), actual.get(i), saved.get(i), ofSuite, i))
        .toList();
  }

  private static CostPoint point(
      Instant at, BigDecimal actual, BigDecimal saved, List<BigDecimal> ofSuite, int index) {
    BigDecimal suite = ofSuite.isEmpty() ? null : ofSuite.get(index);
    return new CostPoint(
        at, actual.add(saved), actual, saved, suite, suite == null ? null : saved.subtract(suite));
  }

  /** The window asked for. */
  public Window window() {
    return window;
  }
}
