package dev.catnap.cost.outlook;

import dev.catnap.cost.report.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Spend of the days to come, with an interval from the errors of earlier forecasts (split conformal
 * prediction): of n past errors, the one at rank ceil((n + 1) x level) bounds the next, on both
 * sides. No distribution is assumed; where n is too small for the level, there is no interval.
 *
 * @param historyDays whole days it was made from
 * @param total of all days ahead
 * @param perDay each day ahead; their expected amounts add up to that of {@code total}
 * @param reason why there is no forecast or no interval; null where both are there
 */
public record Forecast(
    int historyDays,
    @Nullable Amount total,
    List<Day> perDay,
    BackTest backTest,
    @Nullable String reason) {
  /**
   * Money, 6 decimals.
   *
   * @param lower never below 0; null: not known
   * @param upper null: not known
   */
  public record Amount(
      BigDecimal expected, @Nullable BigDecimal lower, @Nullable BigDecimal upper) {
    static Amount of(BigDecimal expected, @Nullable BigDecimal width) {
      return width == null
          ? new Amount(expected, null, null)
          : new Amount(
              expected,
              Money.round(expected.subtract(width).max(BigDecimal.ZERO)),
              Money.round(expected.add(width)));
    }
  }

  /** A day ahead. */
  public record Day(LocalDate day, Amount amount) {}

  /**
   * @param days ahead, at least 1
   * @param level of the interval, above 0 and below 1
   */
  public static Forecast of(DailySpend history, int days, double level) {
    if (history.days() == 0) {
      return new Forecast(
          0, null, List.of(), new BackTest(days, 0, null, null, null), "no whole day is known yet");
    }
    List<BackTest.Miss> misses = BackTest.misses(history, days);
    List<BigDecimal> ahead = Forecaster.ahead(history, days);
    Optional<BigDecimal> width = width(misses, level);
    Optional<BigDecimal> daily = width(BackTest.misses(history, 1), level);
    BigDecimal sum = Money.round(ahead.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    List<BigDecimal> shown = Money.apportion(ahead, sum);
    List<Day> perDay =
        IntStream.range(0, days)
            .mapToObj(i ->
                new Day(history.end().plusDays(i), Amount.of(shown.get(i), daily.orElse(null))))
            .toList();
    return new Forecast(
        history.days(),
        Amount.of(sum, width.orElse(null)),
        perDay,
        BackTest.of(misses, days),
        width.isPresent() ? null : tooShort(history.days(), days, misses.size()));
  }

  private static String tooShort(int known, int days, int origins) {
    return "no interval: "
        + known
        + " whole days of history allow "
        + origins
        + " earlier forecasts of "
        + days
        + " days to be compared, too few for this level";
  }

  /** The bound of the next error; empty where there are too few to tell. */
  static Optional<BigDecimal> width(List<BackTest.Miss> misses, double level) {
    int rank = (int) Math.ceil((misses.size() + 1) * level);
    if (misses.isEmpty() || rank > misses.size()) {
      return Optional.empty();
    }
    List<BigDecimal> errors = new ArrayList<>();
    misses.forEach(miss -> errors.add(miss.error().abs()));
    errors.sort(Comparator.naturalOrder());
    return Optional.of(errors.get(rank - 1));
  }
}
