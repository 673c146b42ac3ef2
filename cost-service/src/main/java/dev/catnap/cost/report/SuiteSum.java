package dev.catnap.cost.report;

import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.util.List;

/** What the suite cost, while it is being summed. */
final class SuiteSum {
  private final boolean part;
  private final Cost cost = new Cost();
  private BigDecimal micros = BigDecimal.ZERO;

  /**
   * @param part only some services are asked for; what all of the suite costs is not theirs alone
   */
  SuiteSum(boolean part) {
    this.part = part;
  }

  void add(LedgerLine line) {
    cost.add(line.resource(), line.rate(), line.quantity(), line.awakeQuantity());
    if (line.resource() == Resource.CPU) {
      micros = micros.add(BigDecimal.valueOf(line.micros()));
    }
  }

  SuiteCost figures() {
    if (part) {
      return unknown("the suite serves all services: ask without service to see it subtracted");
    }
    if (micros.signum() == 0) {
      return unknown("the suite's own use was not measured in this window");
    }
    BigDecimal total = Money.round(cost.actual());
    List<BigDecimal> parts =
        Money.apportion(List.of(cost.actual(Resource.CPU), cost.actual(Resource.MEMORY)), total);
    return new SuiteCost(total, parts.getFirst(), parts.getLast(), Hours.Sum.hours(micros), null);
  }

  private static SuiteCost unknown(String reason) {
    return new SuiteCost(null, null, null, BigDecimal.ZERO, reason);
  }
}
