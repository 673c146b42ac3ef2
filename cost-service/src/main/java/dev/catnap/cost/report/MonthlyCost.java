package dev.catnap.cost.report;

import dev.catnap.cost.pricing.Amounts;
import java.math.BigDecimal;

/**
 * What a month costs without and with Catnap.
 *
 * @param baseline always on, 0 or more
 * @param actual as it is, 0 or more
 * @param suite what the suite itself costs, 0 or more; 0 where {@code actual} has it already
 */
public record MonthlyCost(BigDecimal baseline, BigDecimal actual, BigDecimal suite) {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000_000L);

  public MonthlyCost {
    Amounts.check("baselineMonthly", baseline, LARGEST);
    Amounts.check("actualMonthly", actual, LARGEST);
    Amounts.check("suiteMonthly", suite, LARGEST);
  }

  /** Negative where Catnap costs more than it saves. */
  public BigDecimal saving() {
    return baseline.subtract(actual).subtract(suite);
  }
}
