package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The internal rate of return of one payment followed by equal yearly savings, by bisection.
 *
 * <p>What the savings are worth falls from infinity towards 0 as the rate rises from -1, so for a
 * saving above 0 there is exactly one root; it lies below saving / investment, where even savings
 * for ever would just repay the investment.
 */
final class InternalRate {
  private static final double LOWEST = -0.999999;
  private static final int HALVINGS = 200;

  private InternalRate() {}

  /**
   * In percent, 4 decimals; -99.9999 stands for all below it.
   *
   * @param investment more than 0
   * @param annual more than 0
   */
  static BigDecimal percent(BigDecimal investment, BigDecimal annual, int years) {
    double worth = annual.doubleValue() / investment.doubleValue();
    double low = LOWEST;
    double high = worth;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (presentValue(worth, middle, years) > 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return BigDecimal.valueOf((low + high) / 2 * 100).setScale(4, RoundingMode.HALF_EVEN);
  }

  private static double presentValue(double annual, double rate, int years) {
    double value = 0;
    double factor = 1;
    for (int year = 0; year < years; year++) {
      factor /= 1 + rate;
      value += annual * factor;
    }
    return value;
  }
}
