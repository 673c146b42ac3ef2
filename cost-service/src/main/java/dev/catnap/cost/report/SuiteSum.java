package dev.catnap.cost.report;

import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Interval;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.util.List;

/** What the suite cost, while it is being summed. */
final class SuiteSum {
  private final Cost cost = new Cost();
  private BigDecimal micros = BigDecimal.ZERO;

  void add(Interval interval, List<CostLine> lines) {
    lines.forEach(cost::add);
    micros = micros.add(interval.micros());
  }

  SuiteCost figures() {
    if (micros.signum() == 0) {
      return new SuiteCost(
          null, null, null, BigDecimal.ZERO, "the suite's own use was not measured in this window");
    }
    BigDecimal total = Money.round(cost.actual());
    List<BigDecimal> parts =
        Money.apportion(List.of(cost.actual(Resource.CPU), cost.actual(Resource.MEMORY)), total);
    return new SuiteCost(total, parts.getFirst(), parts.getLast(), Hours.Sum.hours(micros), null);
  }
}
