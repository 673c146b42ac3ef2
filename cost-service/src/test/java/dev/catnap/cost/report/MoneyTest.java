package dev.catnap.cost.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MoneyTest {
  private static final BigDecimal STEP = new BigDecimal("0.000001");

  @Test
  void thirds_add_up_and_the_first_gets_what_is_left() {
    BigDecimal third = new BigDecimal("0.333333333333");
    assertThat(Money.apportion(List.of(third, third, third), new BigDecimal("1.000000")))
        .containsExactly(
            new BigDecimal("0.333334"), new BigDecimal("0.333333"), new BigDecimal("0.333333"));
  }

  @Property(tries = 200)
  void parts_add_up_and_stay_within_a_step(
      @ForAll @Size(min = 1, max = 30)
          List<@BigRange(min = "0", max = "1000") @Scale(12) BigDecimal> exact) {
    BigDecimal total = Money.round(exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    List<BigDecimal> shown = Money.apportion(exact, total);
    assertThat(shown.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(total);
    for (int i = 0; i < exact.size(); i++) {
      assertThat(shown.get(i).subtract(exact.get(i)).abs()).isLessThanOrEqualTo(STEP);
      assertThat(shown.get(i)).isNotNegative();
    }
  }
}
