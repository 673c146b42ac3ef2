package dev.catnap.cost.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What reservations make of a window's cost: {@code paid} = actual - covered + charged + unused,
 * and the same sum of the items' {@code paid} + unused, all as shown. Figures are null where {@code
 * reason} says why.
 *
 * @param covered what of {@code actual} was covered, at the cards; sum of the items'
 * @param charged what reservations cost for it; sum of the items'
 * @param unused what they cost for what nobody used; null where only some services are asked for
 * @param paid what was really paid
 * @param baseline paid + savingBeforeSuite: what would have been paid always on
 * @param savingBeforeSuite of what exceeds reservations alone: within one, sleeping saves nothing
 * @param saving less what the suite itself cost; null where that is not known
 */
public record ReservedCost(
    @Nullable BigDecimal covered,
    @Nullable BigDecimal charged,
    @Nullable BigDecimal unused,
    @Nullable BigDecimal paid,
    @Nullable BigDecimal baseline,
    @Nullable BigDecimal savingBeforeSuite,
    @Nullable BigDecimal saving,
    @Nullable String reason) {
  /** Charged + unused: what reservations cost, or of them what is charged to those asked for. */
  public @Nullable BigDecimal amount() {
    return charged == null || unused == null ? charged : charged.add(unused);
  }

  static ReservedCost unknown(String reason) {
    return new ReservedCost(null, null, null, null, null, null, null, reason);
  }
}
