package dev.catnap.cost.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RatesTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void card_holds_from_its_first_instant_until_the_next_begins() {
    Rates old = Rates.DEFAULT;
    Rates dearer = withCpu(NEW_YEAR, "0.07");
    RateHistory history = new RateHistory(List.of(dearer, old));
    assertThat(history.atDefault(NEW_YEAR.minusMillis(1))).isEqualTo(old);
    assertThat(history.atDefault(NEW_YEAR)).isEqualTo(dearer);
    assertThat(history.within(NEW_YEAR.minusMillis(1), NEW_YEAR))
        .extracting(RateVersion::content)
        .containsExactly(old);
    assertThat(history.within(NEW_YEAR.minusMillis(1), NEW_YEAR.plusMillis(1)))
        .extracting(RateVersion::content)
        .containsExactly(old, dearer);
  }

  @Test
  void before_the_first_card_the_first_holds() {
    RateHistory history = new RateHistory(List.of(withCpu(NEW_YEAR, "0.07")));
    assertThat(history.atDefault(NEW_YEAR.minus(Duration.ofDays(1))).cpuHour()).isEqualTo("0.07");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "1000001", "0.0000000000001", "1e-999999999", "1e999999999"})
  void price_out_of_bounds_is_refused(String price) {
    assertThatThrownBy(() -> withCpu(NEW_YEAR, price))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("cpuHour");
  }

  private static Rates withCpu(Instant from, String price) {
    return new Rates(
        from,
        new BigDecimal(price),
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.valueOf(720),
        "EUR");
  }
}
