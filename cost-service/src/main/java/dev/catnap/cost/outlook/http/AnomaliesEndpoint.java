package dev.catnap.cost.outlook.http;

import dev.catnap.cost.outlook.SpendChange;
import dev.catnap.cost.pricing.Amounts;
import dev.catnap.cost.report.Aggregation;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.http.WindowQuery;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where spend changed against a baseline window right before. */
@Tag(name = "cost")
@RestController
public final class AnomaliesEndpoint {
  private static final Duration DAY = Duration.ofDays(1);
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  private final Charges charges;
  private final Clock clock;

  public AnomaliesEndpoint(Charges charges, Clock clock) {
    this.charges = charges;
    this.clock = clock;
  }

  /**
   * @param items those that changed most first
   * @param total of all
   */
  record Answer(
      String currency,
      Instant baselineFrom,
      Instant from,
      Instant to,
      String aggregate,
      BigDecimal minPercent,
      BigDecimal minAmount,
      SpendChange total,
      List<SpendChange> items) {}

  @Operation(summary = "Spend of a window against a baseline before it, up and down")
  @GetMapping("/cost/anomalies")
  Answer anomalies(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(defaultValue = "7d") Duration baseline,
      @RequestParam(defaultValue = "30") BigDecimal minPercent,
      @RequestParam(defaultValue = "0.01") BigDecimal minAmount,
      @RequestParam(defaultValue = "service") String aggregate) {
    Window now = WindowQuery.of(window, from, to, null, DAY, clock.instant());
    if (baseline.toMillis() < 1 || baseline.compareTo(Window.LONGEST) > 0) {
      throw new InvalidFieldException("baseline", "must be 1ms to 3660d", baseline);
    }
    Window before = WindowQuery.of(baseline, null, now.from(), null, DAY, clock.instant());
    Amounts.check("minPercent", minPercent, MOST);
    Amounts.check("minAmount", minAmount, MOST);
    Aggregation by = Aggregation.parse(aggregate);
    Map<String, BigDecimal> current = sums(now, by);
    Map<String, BigDecimal> previous = sums(before, by);
    Set<String> names = new TreeSet<>(current.keySet());
    names.addAll(previous.keySet());
    BigDecimal ratio = ratio(now, before);
    List<SpendChange> items =
        names.stream()
            .map(name ->
                SpendChange.of(
                    name,
                    current.getOrDefault(name, BigDecimal.ZERO),
                    previous.getOrDefault(name, BigDecimal.ZERO).multiply(ratio),
                    minPercent,
                    minAmount))
            .sorted(Comparator.comparing((SpendChange item) -> item.difference().abs()).reversed())
            .toList();
    return new Answer(
        charges
            .rates()
            .currency("from", before.from(), now.to(), () -> charges.firstKnown(List.of())),
        before.from(),
        now.from(),
        now.to(),
        by.toString(),
        minPercent,
        minAmount,
        SpendChange.of(
            "(total)",
            sum(current.values()),
            sum(previous.values()).multiply(ratio),
            minPercent,
            minAmount),
        items);
  }

  private Map<String, BigDecimal> sums(Window window, Aggregation by) {
    Map<String, BigDecimal> sums = new HashMap<>();
    for (Charge charge : charges.totals(window.from(), window.to(), List.of())) {
      sums.merge(by.keyOf(charge), charge.actual(), BigDecimal::add);
    }
    return sums;
  }

  private static BigDecimal ratio(Window now, Window before) {
    return BigDecimal.valueOf(Duration.between(now.from(), now.to()).toMillis())
        .divide(
            BigDecimal.valueOf(Duration.between(before.from(), before.to()).toMillis()),
            18,
            RoundingMode.HALF_EVEN);
  }

  private static BigDecimal sum(Collection<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
