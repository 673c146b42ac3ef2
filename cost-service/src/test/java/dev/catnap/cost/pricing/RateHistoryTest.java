package dev.catnap.cost.pricing;

import static dev.catnap.cost.pricing.Cards.card;
import static dev.catnap.cost.pricing.Cards.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateHistoryTest {
  private static final Instant EVER = RateVersion.SINCE_EVER;
  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);
  private static final RateVersion FIRST = known(1, EVER, card("0.05", EVER, null));
  private static final Map<String, String> BLUE = Map.of("team", "blue", "env", "prod");

  @Test
  void label_goes_before_host_before_default() {
    RateHistory history =
        history(
            FIRST,
            known(2, EVER, card("0.06", TEN, null, RateScope.of("big", null), "USD")),
            known(3, EVER, card("0.07", TEN, null, RateScope.of(null, "team=blue"), "USD")));
    assertThat(cpu(history, TEN, "big", BLUE)).isEqualTo("0.07");
    assertThat(cpu(history, TEN, "big", Map.of("team", "red"))).isEqualTo("0.06");
    assertThat(cpu(history, TEN, "small", BLUE)).isEqualTo("0.07");
    assertThat(cpu(history, TEN, "small", Map.of())).isEqualTo("0.05");
    assertThat(cpu(history, TEN.minusMillis(1), "big", BLUE)).isEqualTo("0.05");
  }

  @Test
  void end_is_exclusive_and_the_open_card_holds_again_after_a_bounded_one() {
    Instant noon = TEN.plus(Duration.ofHours(2));
    RateHistory history = history(FIRST, known(2, EVER, card("0.9", TEN, noon)));
    assertThat(cpu(history, TEN.minusMillis(1))).isEqualTo("0.05");
    assertThat(cpu(history, TEN)).isEqualTo("0.9");
    assertThat(cpu(history, noon.minusMillis(1))).isEqualTo("0.9");
    assertThat(cpu(history, noon)).isEqualTo("0.05");
    assertThat(history.changes()).contains(TEN, noon);
  }

  @Test
  void where_no_default_card_holds_the_next_to_begin_does() {
    Instant noon = TEN.plus(Duration.ofHours(2));
    RateHistory history =
        history(
            known(1, EVER, card("0.1", TEN, TEN.plus(HOUR))),
            known(2, EVER, card("0.2", noon, null)));
    assertThat(cpu(history, TEN.minus(HOUR))).isEqualTo("0.1");
    assertThat(cpu(history, TEN.plus(HOUR))).isEqualTo("0.2");
  }

  /** Recorded at 11:00:00: the hour that ends then knows it, the one before does not. */
  @Test
  void hour_is_priced_by_what_was_known_when_it_ended() {
    Instant recorded = TEN.plus(HOUR);
    RateHistory history = history(FIRST, known(2, recorded, card("0.9", TEN.minus(HOUR), null)));
    assertThat(cpu(history, TEN.minusMillis(1))).isEqualTo("0.05");
    assertThat(cpu(history, TEN)).isEqualTo("0.9");
    RateHistory later =
        history(FIRST, known(2, recorded.plusMillis(1), card("0.9", TEN.minus(HOUR), null)));
    assertThat(cpu(later, TEN.plus(HOUR).minusMillis(1))).isEqualTo("0.05");
    assertThat(cpu(later, TEN.plus(HOUR))).isEqualTo("0.9");
    assertThat(later.changes()).contains(TEN.plus(HOUR));
  }

  @Test
  void removed_and_replaced_cards_still_price_the_hours_that_knew_them() {
    Instant day = TEN.plus(Duration.ofDays(1));
    RateCard dear = card("0.9", TEN, null);
    RateHistory history =
        history(
            FIRST,
            new RateVersion(2, 2, TEN, "api", false, dear),
            new RateVersion(3, 2, day.minusMillis(1), "api", false, card("0.8", TEN, null)),
            new RateVersion(4, 2, day.plus(HOUR).minusMillis(1), "api", true, dear));
    assertThat(cpu(history, day.minus(HOUR).minusMillis(1))).isEqualTo("0.9");
    assertThat(cpu(history, day.minus(HOUR))).isEqualTo("0.8");
    assertThat(cpu(history, day)).isEqualTo("0.05");
  }

  @Test
  void reprice_makes_the_cards_known_at_its_asking_hold_for_its_time_only() {
    Instant asked = TEN.plus(Duration.ofDays(2));
    RateVersion dear = known(2, asked.minusMillis(1), card("0.9", EVER.plusMillis(1), null));
    Instant to = TEN.plus(Duration.ofMinutes(90));
    RateHistory history =
        new RateHistory(List.of(FIRST, dear), List.of(new Reprice(asked, TEN, to, "agreed")));
    assertThat(cpu(history, TEN.minusMillis(1))).isEqualTo("0.05");
    assertThat(cpu(history, TEN)).isEqualTo("0.9");
    assertThat(cpu(history, to.minusMillis(1))).isEqualTo("0.9");
    assertThat(cpu(history, to)).isEqualTo("0.05");
    assertThat(history.changes()).contains(TEN, to);
  }

  @Test
  void of_several_reprices_the_last_asked_decides() {
    Instant asked = TEN.plus(Duration.ofDays(2));
    Instant later = asked.plus(HOUR);
    RateHistory history =
        new RateHistory(
            List.of(
                FIRST,
                new RateVersion(2, 1, asked, "api", false, card("0.6", EVER, null)),
                new RateVersion(3, 1, later, "api", false, card("0.7", EVER, null))),
            List.of(
                new Reprice(later, TEN, TEN.plus(HOUR), "again"),
                new Reprice(asked, TEN, TEN.plus(HOUR.multipliedBy(2)), "first")));
    assertThat(cpu(history, TEN)).isEqualTo("0.7");
    assertThat(cpu(history, TEN.plus(HOUR))).isEqualTo("0.6");
  }

  @Test
  void in_effect_tells_where_two_histories_begin_to_differ() {
    RateVersion late = known(2, EVER, card("2", TEN, null));
    assertThat(history(FIRST).inEffect())
        .containsExactly(Map.entry(Instant.EPOCH, List.of(FIRST.content())));
    assertThat(history(FIRST, late).inEffect())
        .containsExactly(
            Map.entry(Instant.EPOCH, List.of(FIRST.content())),
            Map.entry(TEN, List.of(late.content())));
  }

  @Test
  void within_names_each_card_in_effect_once() {
    RateVersion host = known(2, EVER, card("1", TEN, null, RateScope.of("big", null), "USD"));
    RateVersion late = known(3, EVER, card("2", TEN.plus(HOUR), null));
    RateVersion reserved = known(4, EVER, Cards.reserved("4", "8", "0.1", TEN));
    RateHistory history = history(FIRST, host, late, reserved);
    assertThat(history.within(TEN.minus(HOUR), TEN)).containsExactly(FIRST);
    assertThat(history.within(TEN, TEN.plus(HOUR))).containsExactly(FIRST, host, reserved);
    assertThat(history.within(TEN, TEN.plus(HOUR).plusMillis(1)))
        .containsExactly(FIRST, host, reserved, late);
    assertThat(history.reservedAt(TEN, "any", Map.of()))
        .contains(Cards.reserved("4", "8", "0.1", TEN));
    assertThat(history.reservedAt(TEN.minusMillis(1), "any", Map.of())).isEmpty();
  }

  @Test
  void two_currencies_have_no_sum_unless_nothing_was_paid_in_one() {
    RateHistory history =
        history(FIRST, known(2, EVER, card("0.05", TEN, null, RateScope.EVERYTHING, "EUR")));
    Instant before = TEN.minus(HOUR);
    Instant after = TEN.plus(HOUR);
    assertThat(history.currency("from", before, TEN, Optional::empty)).isEqualTo("USD");
    assertThat(history.currency("from", TEN, after, Optional::empty)).isEqualTo("EUR");
    assertThat(history.currency("from", before, after, () -> Optional.of(TEN))).isEqualTo("EUR");
    assertThat(history.currency("from", before, after, Optional::empty)).isEqualTo("EUR");
    assertThatThrownBy(() -> history.currency("from", before, after, () -> Optional.of(before)))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("from must not reach over the change of currency from USD to EUR");
  }

  private static RateHistory history(RateVersion... versions) {
    return new RateHistory(List.of(versions), List.of());
  }

  private static String cpu(RateHistory history, Instant time) {
    return cpu(history, time, "any", Map.of());
  }

  private static String cpu(
      RateHistory history, Instant time, String host, Map<String, String> labels) {
    return history.at(time, host, labels).cpuHour().toPlainString();
  }
}
