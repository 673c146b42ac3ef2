package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an investment pays. With I invested, S saved a year, n years, discount rate r:
 *
 * <ul>
 *   <li>payback months = I / (S / 12)
 *   <li>ROI = (S n - I) / I: the investment is subtracted before it is divided by
 *   <li>NPV = -I + sum over t = 1..n of S / (1 + r)^t
 *   <li>IRR = the r for which NPV is 0
 * </ul>
 *
 * <p>Worked: 10000 invested, 1300 a month before, 820 after: saving 480 (36.9 %), 5760 a year,
 * payback 20.8 months; over 3 years ROI 72.8 %, NPV at 8 % 4844, IRR 33.3 %; over 5 years 188 %,
 * 12998, 50.0 %. Money is rounded to 2 decimals, percentages to 4.
 *
 * @param savingPercent of the monthly baseline; null where that is 0
 * @param paybackMonths null where nothing is saved, {@code reason} says so
 * @param irrPercent null where there is none, {@code reason} says why
 */
public record ReturnOnInvestment(
    BigDecimal monthlySaving,
    @Nullable BigDecimal savingPercent,
    BigDecimal annualSaving,
    @Nullable BigDecimal paybackMonths,
    BigDecimal roiPercent,
    BigDecimal npv,
    @Nullable BigDecimal irrPercent,
    @Nullable String reason,
    List<Year> perYear) {
  private static final MathContext PRECISION = MathContext.DECIMAL128;
  private static final BigDecimal MONTHS = BigDecimal.valueOf(12);

  /**
   * How it stands at the end of a year.
   *
   * @param cumulative savings so far less the investment
   * @param discountedSaving this year's saving in money of today
   * @param npv discounted savings so far less the investment
   */
  public record Year(
      int year,
      BigDecimal saving,
      BigDecimal cumulative,
      BigDecimal roiPercent,
      BigDecimal discountedSaving,
      BigDecimal npv) {}

  public static ReturnOnInvestment of(Investment investment, MonthlyCost monthly) {
    BigDecimal saving = monthly.saving();
    BigDecimal annual = saving.multiply(MONTHS);
    boolean saves = saving.signum() > 0;
    List<Year> years = years(investment, annual);
    Year last = years.getLast();
    return new ReturnOnInvestment(
        money(saving),
        Ratios.percent(saving, monthly.baseline()),
        money(annual),
        saves ? investment.amount().divide(saving, 4, RoundingMode.HALF_EVEN) : null,
        last.roiPercent(),
        last.npv(),
        saves ? InternalRate.percent(investment.amount(), annual, investment.years()) : null,
        saves ? null : "nothing is saved, so it is never paid back and has no rate of return",
        years);
  }

  private static List<Year> years(Investment investment, BigDecimal annual) {
    List<Year> years = new ArrayList<>();
    BigDecimal amount = investment.amount();
    BigDecimal factor = BigDecimal.ONE.add(investment.discountRate());
    BigDecimal npv = amount.negate();
    for (int year = 1; year <= investment.years(); year++) {
      BigDecimal discounted = annual.divide(factor.pow(year, PRECISION), PRECISION);
      npv = npv.add(discounted);
      BigDecimal gained = annual.multiply(BigDecimal.valueOf(year)).subtract(amount);
      years.add(
          new Year(
              year,
              money(annual),
              money(gained),
              gained.movePointRight(2).divide(amount, 4, RoundingMode.HALF_EVEN),
              money(discounted),
              money(npv)));
    }
    return years;
  }

  private static BigDecimal money(BigDecimal exact) {
    return exact.setScale(2, RoundingMode.HALF_EVEN);
  }
}
