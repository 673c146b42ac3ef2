package dev.catnap.cost.outlook;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good the same forecast would have been before: from each day of the past on which a week of
 * history was known, the sum of the days ahead as forecast then, against what came.
 *
 * @param horizonDays how far ahead each of them looked; the horizon asked for, or less where the
 *     history is too short for it
 * @param origins how many forecasts were compared
 * @param meanAbsoluteError mean of |forecast - actual|, money; null without origins
 * @param meanAbsolutePercent sum of |forecast - actual| / sum of actual, in percent; null where
 *     nothing was spent or without origins
 * @param bias mean of forecast - actual; above 0: forecasts were too high; null without origins
 */
public record BackTest(
    int horizonDays,
    int origins,
    @Nullable BigDecimal meanAbsoluteError,
    @Nullable BigDecimal meanAbsolutePercent,
    @Nullable BigDecimal bias) {
  /** What one forecast was wrong by. */
  record Miss(BigDecimal forecast, BigDecimal actual) {
    BigDecimal error() {
      return forecast.subtract(actual);
    }
  }

  private static final int DECIMALS = 6;

  static List<Miss> misses(DailySpend history, int horizon) {
    List<Miss> misses = new ArrayList<>();
    for (int known = Forecaster.WEEK; known + horizon <= history.days(); known++) {
      BigDecimal forecast =
          Forecaster.ahead(history.head(known), horizon).stream()
              .reduce(BigDecimal.ZERO, BigDecimal::add);
      misses.add(new Miss(forecast, history.sum(known, horizon)));
    }
    return misses;
  }

  static BackTest of(List<Miss> misses, int horizon) {
    if (misses.isEmpty()) {
      return new BackTest(horizon, 0, null, null, null);
    }
    BigDecimal absolute = sum(misses.stream().map(miss -> miss.error().abs()).toList());
    BigDecimal actual = sum(misses.stream().map(Miss::actual).toList());
    BigDecimal bias = sum(misses.stream().map(Miss::error).toList());
    BigDecimal count = BigDecimal.valueOf(misses.size());
    return new BackTest(
        horizon,
        misses.size(),
        absolute.divide(count, DECIMALS, RoundingMode.HALF_EVEN),
        actual.signum() == 0
            ? null
            : absolute.movePointRight(2).divide(actual, 4, RoundingMode.HALF_EVEN),
        bias.divide(count, DECIMALS, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
