package dev.catnap.cost.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReturnOnInvestmentTest {

  @Test
  void worked_example_over_three_years() {
    ReturnOnInvestment result = of(10_000, 1300, 820, 3);
    assertThat(result.monthlySaving()).isEqualByComparingTo("480");
    assertThat(result.savingPercent()).isEqualByComparingTo("36.9231");
    assertThat(result.annualSaving()).isEqualByComparingTo("5760");
    assertThat(result.paybackMonths()).isEqualByComparingTo("20.8333");
    assertThat(result.roiPercent()).isEqualByComparingTo("72.8");
    assertThat(result.npv()).isEqualByComparingTo("4844.08");
    assertThat(result.irrPercent()).isBetween(new BigDecimal("33.25"), new BigDecimal("33.35"));
    assertThat(result.perYear()).hasSize(3);
    assertThat(result.perYear().getFirst().cumulative()).isEqualByComparingTo("-4240");
    assertThat(result.perYear().getFirst().discountedSaving()).isEqualByComparingTo("5333.33");
  }

  @Test
  void worked_example_over_five_years() {
    ReturnOnInvestment result = of(10_000, 1300, 820, 5);
    assertThat(result.roiPercent()).isEqualByComparingTo("188");
    assertThat(result.npv()).isBetween(new BigDecimal("12997.5"), new BigDecimal("12998.5"));
    assertThat(result.irrPercent()).isBetween(new BigDecimal("49.95"), new BigDecimal("50.05"));
  }

  @Test
  void nothing_saved_is_never_paid_back() {
    ReturnOnInvestment result = of(10_000, 800, 820, 3);
    assertThat(result.paybackMonths()).isNull();
    assertThat(result.irrPercent()).isNull();
    assertThat(result.reason()).contains("nothing is saved");
    assertThat(result.roiPercent()).isEqualByComparingTo("-107.2");
  }

  @Test
  void saving_of_nothing_has_no_percentage() {
    assertThat(of(10_000, 0, 0, 3).savingPercent()).isNull();
  }

  @Property(tries = 300)
  void value_is_zero_at_the_internal_rate(
      @ForAll @IntRange(min = 1, max = 1_000_000) int investment,
      @ForAll @IntRange(min = 1, max = 100_000) int saving,
      @ForAll @IntRange(min = 1, max = 50) int years) {
    double rate = of(investment, saving, 0, years).irrPercent().doubleValue() / 100;
    double value = -investment;
    double gradient = 1;
    for (int year = 1; year <= years; year++) {
      double present = saving * 12.0 / Math.pow(1 + rate, year);
      value += present;
      gradient += year * present / (1 + rate);
    }
    if (rate > -0.99) {
      // The rate is shown to a millionth; the value may be off by what that makes.
      assertThat(Math.abs(value)).isLessThan(gradient * 1e-6 + 1e-3);
    }
  }

  private static ReturnOnInvestment of(int investment, int baseline, int actual, int years) {
    return ReturnOnInvestment.of(
        new Investment(BigDecimal.valueOf(investment), years, new BigDecimal("0.08")),
        new MonthlyCost(BigDecimal.valueOf(baseline), BigDecimal.valueOf(actual), BigDecimal.ZERO));
  }
}
