package dev.catnap.cost.outlook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Spend of days to come: the mean of the same weekday over the last four weeks. With less than two
 * weeks of history the mean of all days stands for every weekday.
 *
 * <p>A seasonal mean, because spend follows working hours; its errors are measured, not assumed,
 * see {@link BackTest}.
 */
final class Forecaster {
  static final int WEEK = 7;
  static final int WEEKS = 4;
  static final int DECIMALS = 12;

  private Forecaster() {}

  /**
   * @param history at least one day
   * @return one amount for each of {@code days} days after the history's last
   */
  static List<BigDecimal> ahead(DailySpend history, int days) {
    List<BigDecimal> ahead = new ArrayList<>(days);
    for (int i = 0; i < days; i++) {
      ahead.add(of(history, history.days() + i));
    }
    return ahead;
  }

  /**
   * @param day number of a day after the history's last, which has the number before its length
   */
  private static BigDecimal of(DailySpend history, int day) {
    List<BigDecimal> amounts = history.amounts();
    if (history.days() < 2 * WEEK) {
      return mean(amounts);
    }
    int past = day;
    while (past >= history.days()) {
      past -= WEEK;
    }
    List<BigDecimal> same = new ArrayList<>();
    for (int i = past; i >= 0 && same.size() < WEEKS; i -= WEEK) {
      same.add(amounts.get(i));
    }
    return mean(same);
  }

  static BigDecimal mean(List<BigDecimal> amounts) {
    return amounts.stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(amounts.size()), DECIMALS, RoundingMode.HALF_EVEN);
  }
}
