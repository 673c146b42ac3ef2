package dev.catnap.cost.commitment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.cost.ledger.Parts;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.pricing.Cards;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettledDaysTest {
  private static final Instant MONDAY = Instant.parse("2026-01-12T00:00:00Z");
  private static final Settlement ONE = settlement("1");
  private static final Settlement TWO = settlement("2");

  @Test
  void is_found_until_what_it_follows_from_is_other() {
    SettledDays days = new SettledDays(100);
    days.keep(basis(0, 24, 1, "0.3"), ONE);
    days.keep(basis(0, 7, 1, "0.3"), TWO);
    assertThat(days.find(basis(0, 24, 1, "0.3"))).isEqualTo(ONE);
    assertThat(days.find(basis(0, 7, 1, "0.3"))).isEqualTo(TWO);
    assertThat(days.find(basis(0, 24, 2, "0.3"))).isNull();
    assertThat(days.find(basis(0, 24, 1, "0.4"))).isNull();
    assertThat(days.find(basis(0, 8, 1, "0.3"))).isNull();
    assertThat(days.find(basis(24, 48, 1, "0.3"))).isNull();
    days.keep(basis(0, 24, 2, "0.3"), TWO);
    assertThat(days.find(basis(0, 24, 2, "0.3"))).isEqualTo(TWO);
    assertThat(days.find(basis(0, 24, 1, "0.3"))).isNull();
  }

  /** One of two resources is 3: itself and both. */
  @Test
  void earliest_days_go_where_there_are_too_many() {
    SettledDays days = new SettledDays(6);
    days.keep(basis(24, 48, 1, "0.3"), ONE);
    days.keep(basis(48, 72, 1, "0.3"), ONE);
    days.keep(basis(24, 48, 2, "0.3"), ONE);
    assertThat(days.find(basis(48, 72, 1, "0.3"))).isEqualTo(ONE);
    days.keep(basis(0, 24, 1, "0.3"), ONE);
    assertThat(days.find(basis(0, 24, 1, "0.3"))).isNull();
    assertThat(days.find(basis(24, 48, 2, "0.3"))).isEqualTo(ONE);
    days.keep(basis(72, 96, 1, "0.3"), ONE);
    assertThat(days.find(basis(24, 48, 2, "0.3"))).isNull();
    assertThat(days.find(basis(48, 72, 1, "0.3"))).isEqualTo(ONE);
    assertThat(days.find(basis(72, 96, 1, "0.3"))).isEqualTo(ONE);
  }

  @Test
  void window_is_taken_apart_at_what_is_booked_and_at_midnight() {
    Span window = new Span(MONDAY.plusSeconds(77), MONDAY.plusSeconds(200_000));
    Parts parts = Parts.of(window, MONDAY.minusSeconds(3_600), MONDAY.plus(Duration.ofHours(50)));
    assertThat(parts.before()).containsExactly(new Span(window.from(), hour(1)));
    assertThat(parts.days())
        .containsExactly(
            new Span(hour(1), hour(24)),
            new Span(hour(24), hour(48)),
            new Span(hour(48), hour(50)));
    assertThat(parts.after()).containsExactly(new Span(hour(50), window.to()));
    assertThat(Parts.of(window, hour(60), hour(50)).before()).containsExactly(window);
    Parts whole = Parts.of(new Span(MONDAY, hour(24)), hour(0), hour(99));
    assertThat(whole.days()).containsExactly(new Span(MONDAY, hour(24)));
    assertThat(whole.before()).isEmpty();
    assertThat(whole.after()).isEmpty();
  }

  @Test
  void whole_weeks_from_monday_on_are_one_part() {
    List<Span> days = Parts.of(new Span(hour(-25), hour(24 * 15 + 3)), hour(-99), hour(999)).days();
    assertThat(Parts.byWeek(days))
        .containsExactly(
            new Span(hour(-25), hour(-24)),
            new Span(hour(-24), hour(0)),
            new Span(hour(0), hour(168)),
            new Span(hour(168), hour(336)),
            new Span(hour(336), hour(360)),
            new Span(hour(360), hour(363)));
    List<Span> late = Parts.of(new Span(hour(1), hour(168)), hour(-99), hour(999)).days();
    assertThat(Parts.byWeek(late)).isEqualTo(late);
    List<Span> early = Parts.of(new Span(hour(0), hour(167)), hour(-99), hour(999)).days();
    assertThat(Parts.byWeek(early)).isEqualTo(early);
  }

  private static Instant hour(int hour) {
    return MONDAY.plus(Duration.ofHours(hour));
  }

  private static Basis basis(int from, int to, long change, String amount) {
    return Basis.of(hour(from), hour(to), change, rates("1", amount), Map.of());
  }

  private static RateHistory rates(String cores, String amount) {
    return new RateHistory(
        List.of(
            Cards.known(1, RateVersion.SINCE_EVER, Rates.DEFAULT),
            Cards.known(2, RateVersion.SINCE_EVER, Cards.reserved(cores, "1", amount, MONDAY))),
        List.of());
  }

  private static Settlement settlement(String cores) {
    return new ReservedUse(MONDAY, hour(1), rates(cores, "0.1")).settled();
  }
}
