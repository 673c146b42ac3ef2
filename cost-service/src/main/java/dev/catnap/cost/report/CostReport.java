package dev.catnap.cost.report;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.ledger.SuiteUse;
import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.RateHistory;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Sums the priced intervals of a window by name and by step. Exact until asked for figures. */
public final class CostReport {
  private final Window window;
  private final Aggregation aggregation;
  private final LedgerLines pricing;
  private final SortedMap<String, ItemSum> items = new TreeMap<>();
  private final NavigableMap<Instant, Step> steps = new TreeMap<>();
  private final Cost total = new Cost();
  private final SuiteSum suite;
  private final HostSums hosts = new HostSums();
  private final boolean part;
  private @Nullable ReservedSums reserved;
  private boolean reservedTooLong;

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
    this.part = part;
    this.window = window;
    this.aggregation = aggregation;
    window.points().forEach(at -> steps.put(at, new Step()));
    this.pricing = new LedgerLines(window.from(), window.to(), rates, steps.keySet());
  }

  /** Prices a container and adds it; each at most once. */
  public void add(ContainerHistory history) {
    List<Reservation> reservations = history.reservations();
    Reservation newest = reservations.isEmpty() ? null : reservations.getLast();
    pricing.of(
        history,
        line -> {
          add(Posting.of(line, line.from()), newest);
          addToStep(line);
        });
  }

  /**
   * Adds to the items and the total, not to the series.
   *
   * @param newest the newest definition of the service; null where none is known
   */
  public void add(Posting posting, @Nullable Reservation newest) {
    String item = aggregation.keyOf(posting, newest);
    items.computeIfAbsent(item, ItemSum::new).add(posting);
    hosts.add(item, posting);
    total.add(posting.resource(), posting.rate(), posting.quantity(), posting.awakeQuantity());
  }

  /** Adds a line to the series, cut at {@link #cuts}. */
  public void addToStep(LedgerLine line) {
    Map.Entry<Instant, Step> step = steps.floorEntry(line.from());
    if (step != null) {
      step.getValue().cost.add(line.resource(), line.rate(), line.quantity(), line.awakeQuantity());
    }
  }

  /** Adds to the series. */
  public void add(StepSum sum) {
    Duration length = window.step();
    if (length != null) {
      Step step = steps.get(window.from().plus(length.multipliedBy(sum.step())));
      Objects.requireNonNull(step, "no such step")
          .cost
          .add(sum.resource(), sum.rate(), sum.quantity(), sum.awakeQuantity());
    }
  }

  /** Begin of each point of the series. */
  public Set<Instant> cuts() {
    return Collections.unmodifiableSet(steps.keySet());
  }

  /** Adds what a process of the suite used. */
  public void add(SuiteUse use) {
    pricing.of(use, this::addSuite);
  }

  private void addSuite(LedgerLine line) {
    suite.add(line);
    Map.Entry<Instant, Step> step = steps.floorEntry(line.from());
    if (step != null) {
      step.getValue()
          .suite
          .add(line.resource(), line.rate(), line.quantity(), line.awakeQuantity());
    }
  }

  /**
   * Adds what reservations make of it; at most once.
   *
   * @param newest the newest definition of each service of the report
   * @param asked whether a service is in the report
   */
  public void add(Settlement settlement, Map<String, Reservation> newest, Predicate<String> asked) {
    ReservedSums sums = new ReservedSums(settlement, part);
    for (Drawn drawn : settlement.drawn()) {
      String service = drawn.use().service();
      if (asked.test(service)) {
        sums.add(aggregation.keyOf(drawn.use(), newest.get(service)), drawn);
      }
    }
    reserved = sums;
  }

  /** Says that reservations are not settled over so long a window. */
  public void reservedTooLong() {
    reservedTooLong = true;
  }

  /** What reservations make of the total; null where none was added. */
  public @Nullable ReservedCost reserved() {
    if (reservedTooLong) {
      return ReservedCost.unknown(
          "reservations are settled over at most 400d; figures are at the cards alone");
    }
    return reserved == null ? null : reserved.shown(total(), actual(itemsAtCards())).cost();
  }

  private static SequencedMap<String, BigDecimal> actual(List<CostItem> items) {
    SequencedMap<String, BigDecimal> actual = new LinkedHashMap<>();
    items.forEach(item -> actual.put(item.name(), item.actual()));
    return actual;
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
    List<CostItem> shown = itemsAtCards();
    if (reserved == null) {
      return shown;
    }
    Map<String, ReservedPart> parts = reserved.shown(total(), actual(shown)).items();
    return shown.stream()
        .map(item -> item.with(Objects.requireNonNull(parts.get(item.name()))))
        .toList();
  }

  private List<CostItem> itemsAtCards() {
    List<ItemSum> sums = List.copyOf(items.values());
    List<Cost> costs = sums.stream().map(ItemSum::cost).toList();
    Rounded actual = new Rounded(costs, total, Cost::actual);
    Rounded saving = new Rounded(costs, total, Cost::saving);
    return IntStream.range(0, sums.size())
        .mapToObj(i -> sums.get(i).item(actual.item(i), saving.item(i)))
        .toList();
  }

  /**
   * Idle of hosts, where all services are in the report.
   *
   * @param known capacities that are known
   */
  public IdleReport idle(Collection<HostCapacity> known, Sharing sharing) {
    return hosts.report(known, sharing, window, pricing);
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
