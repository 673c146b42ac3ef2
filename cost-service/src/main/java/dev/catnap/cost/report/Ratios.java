package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Shares, with "undefined" said as such. */
public final class Ratios {
  private static final int DECIMALS = 4;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private Ratios() {}

  /** Part of whole in percent, 4 decimals; null where the whole is 0. */
  public static @Nullable BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return whole.signum() == 0
        ? null
        : part.multiply(HUNDRED).divide(whole, DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** Used / reserved; 0 of nothing, 1 of what is used without being reserved (OpenCost). */
  static BigDecimal efficiency(BigDecimal used, BigDecimal reserved) {
    if (reserved.signum() == 0) {
      return used.signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE;
    }
    return used.divide(reserved, DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** The mean of two efficiencies, weighted by what each resource cost; 0 where nothing did. */
  static BigDecimal weighted(
      BigDecimal cpu, BigDecimal cpuCost, BigDecimal memory, BigDecimal memoryCost) {
    BigDecimal cost = cpuCost.add(memoryCost);
    return cost.signum() == 0
        ? BigDecimal.ZERO
        : cpu.multiply(cpuCost)
            .add(memory.multiply(memoryCost))
            .divide(cost, DECIMALS, RoundingMode.HALF_EVEN);
  }
}
