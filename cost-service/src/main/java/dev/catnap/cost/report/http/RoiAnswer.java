package dev.catnap.cost.report.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.catnap.cost.report.ReturnOnInvestment;
import dev.catnap.cost.report.WakeCost;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /cost/roi} answers. Money in units of {@code currency}, 2 decimals.
 *
 * @param currency of the rate cards; absent where figures were given
 * @param baselineMonthly a month always on
 * @param actualMonthly a month as it is
 * @param suiteMonthly what the suite itself costs in a month; 0 where figures were given
 * @param services what wakes cost and when a sleep is worth one; empty where figures were given
 */
record RoiAnswer(
    @Nullable String currency,
    BigDecimal investment,
    BigDecimal discountRate,
    int years,
    Basis basis,
    BigDecimal baselineMonthly,
    BigDecimal actualMonthly,
    BigDecimal suiteMonthly,
    @JsonUnwrapped ReturnOnInvestment result,
    List<WakeCost> services) {
  /**
   * Where the monthly figures come from.
   *
   * @param source {@code given} or {@code measured}
   * @param from begin of what was measured
   * @param windowHours what was measured
   * @param monthHours what it was brought to
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Basis(
      String source,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable BigDecimal windowHours,
      @Nullable BigDecimal monthHours,
      String explanation) {}
}
