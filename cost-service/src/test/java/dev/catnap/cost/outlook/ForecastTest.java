package dev.catnap.cost.outlook;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForecastTest {
  /** A Monday. */
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

  @Test
  void steady_spend_goes_on_and_was_always_right() {
    Forecast forecast = Forecast.of(steady(42), 7, 0.8);
    assertThat(forecast.total().expected()).isEqualByComparingTo("21");
    assertThat(forecast.total().lower()).isEqualByComparingTo("21");
    assertThat(forecast.total().upper()).isEqualByComparingTo("21");
    assertThat(forecast.backTest().origins()).isEqualTo(29);
    assertThat(forecast.backTest().meanAbsoluteError()).isEqualByComparingTo("0");
    assertThat(forecast.reason()).isNull();
  }

  @Test
  void weekends_are_forecast_as_weekends() {
    Forecast forecast = Forecast.of(weekly(42), 7, 0.8);
    assertThat(forecast.total().expected()).isEqualByComparingTo("52");
    assertThat(forecast.perDay().getFirst().amount().expected()).isEqualByComparingTo("10");
    assertThat(forecast.perDay().getLast().amount().expected()).isEqualByComparingTo("1");
    assertThat(
            forecast.perDay().stream()
                .map(day -> day.amount().expected())
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(forecast.total().expected());
  }

  @Test
  void interval_is_as_wide_as_earlier_errors() {
    List<BigDecimal> amounts = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      amounts.add(BigDecimal.valueOf(i % 2 == 0 ? 8 : 12));
    }
    Forecast forecast = Forecast.of(new DailySpend(FIRST, amounts), 1, 0.8);
    Forecast.Amount total = forecast.total();
    assertThat(total.lower()).isLessThan(total.expected());
    assertThat(total.upper()).isGreaterThan(total.expected());
    assertThat(forecast.backTest().meanAbsolutePercent()).isPositive();
  }

  @Test
  void too_little_history_says_so() {
    assertThat(Forecast.of(steady(0), 7, 0.8).total()).isNull();
    assertThat(Forecast.of(steady(0), 7, 0.8).reason()).contains("no whole day");
    Forecast short_history = Forecast.of(steady(9), 7, 0.8);
    assertThat(short_history.total().expected()).isEqualByComparingTo("21");
    assertThat(short_history.total().upper()).isNull();
    assertThat(short_history.reason()).contains("no interval");
  }

  @Test
  void change_of_nothing_is_undefined_and_from_nothing_infinite() {
    assertThat(change("0", "0").change()).isEqualTo(SpendChange.Kind.UNDEFINED);
    assertThat(change("0", "0").anomaly()).isFalse();
    assertThat(change("5", "0").change()).isEqualTo(SpendChange.Kind.INFINITE);
    assertThat(change("5", "0").anomaly()).isTrue();
    assertThat(change("5", "0").changePercent()).isNull();
  }

  @Test
  void change_counts_both_ways_and_needs_share_and_amount() {
    assertThat(change("13", "10").changePercent()).isEqualByComparingTo("30");
    assertThat(change("13", "10").anomaly()).isTrue();
    assertThat(change("12.99", "10").anomaly()).isFalse();
    assertThat(change("7", "10").anomaly()).isTrue();
    assertThat(change("7", "10").direction()).isEqualTo(SpendChange.Direction.DOWN);
    assertThat(change("0.9", "0.1").anomaly()).isFalse();
  }

  private static SpendChange change(String now, String then) {
    return SpendChange.of(
        "web", new BigDecimal(now), new BigDecimal(then), BigDecimal.valueOf(30), BigDecimal.ONE);
  }

  private static DailySpend steady(int days) {
    return new DailySpend(FIRST, java.util.Collections.nCopies(days, BigDecimal.valueOf(3)));
  }

  private static DailySpend weekly(int days) {
    List<BigDecimal> amounts = new ArrayList<>();
    for (int i = 0; i < days; i++) {
      DayOfWeek day = FIRST.plusDays(i).getDayOfWeek();
      amounts.add(BigDecimal.valueOf(day.getValue() > 5 ? 1 : 10));
    }
    return new DailySpend(FIRST, amounts);
  }
}
