package dev.catnap.cost.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BudgetTest {
  private static final Budget BUDGET =
      new Budget(
          "all",
          Period.MONTHLY,
          BigDecimal.valueOf(100),
          new Scope(Scope.Kind.ALL, null),
          List.of(BigDecimal.valueOf(100), BigDecimal.valueOf(50)),
          null);

  @Test
  void week_begins_on_monday_and_month_on_its_first() {
    Instant saturday = Instant.parse("2026-11-28T12:00:00Z");
    assertThat(Period.WEEKLY.start(saturday)).isEqualTo(Instant.parse("2026-11-23T00:00:00Z"));
    assertThat(Period.WEEKLY.end(saturday)).isEqualTo(Instant.parse("2026-11-30T00:00:00Z"));
    assertThat(Period.MONTHLY.start(saturday)).isEqualTo(Instant.parse("2026-11-01T00:00:00Z"));
    assertThat(Period.MONTHLY.end(saturday)).isEqualTo(Instant.parse("2026-12-01T00:00:00Z"));
    Instant monday = Instant.parse("2026-11-23T00:00:00Z");
    assertThat(Period.WEEKLY.start(monday)).isEqualTo(monday);
    assertThat(Period.WEEKLY.start(monday.minusMillis(1)))
        .isEqualTo(Instant.parse("2026-11-16T00:00:00Z"));
  }

  @Test
  void threshold_is_reached_at_it_and_not_before() {
    assertThat(BUDGET.reached(new BigDecimal("49.999999"))).isEmpty();
    assertThat(BUDGET.reached(new BigDecimal("50"))).hasSize(1);
    assertThat(BUDGET.reached(new BigDecimal("99.999999"))).hasSize(1);
    assertThat(BUDGET.reached(new BigDecimal("100"))).hasSize(2);
  }

  @Test
  void pauses_grow_and_end_at_ten_minutes() {
    Instant now = Instant.EPOCH;
    assertThat(Backoff.next(1, now)).isEqualTo(now.plusSeconds(1));
    assertThat(Backoff.next(4, now)).isEqualTo(now.plusSeconds(8));
    assertThat(Backoff.next(Backoff.MOST_ATTEMPTS, now))
        .isEqualTo(now.plus(Duration.ofMinutes(10)));
  }
}
