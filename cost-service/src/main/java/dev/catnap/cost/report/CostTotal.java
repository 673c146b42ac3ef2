package dev.catnap.cost.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The sum of all items, which does not depend on what they are summed by.
 *
 * @param suite what the suite itself cost; null: not known, {@link SuiteCost#reason} says why
 * @param saving baseline - actual - suite; null where the suite's cost is not known
 * @param savingPercent {@code saving} / baseline in percent; null where either is not known
 */
public record CostTotal(
    BigDecimal baseline,
    BigDecimal actual,
    BigDecimal savingBeforeSuite,
    @Nullable BigDecimal suite,
    @Nullable BigDecimal saving,
    @Nullable BigDecimal savingPercent) {
  static CostTotal of(BigDecimal actual, BigDecimal saved, @Nullable BigDecimal suite) {
    BigDecimal saving = suite == null ? null : saved.subtract(suite);
    BigDecimal baseline = actual.add(saved);
    return new CostTotal(
        baseline,
        actual,
        saved,
        suite,
        saving,
        saving == null ? null : Ratios.percent(saving, baseline));
  }
}
