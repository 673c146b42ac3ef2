package dev.catnap.cost.pricing;

import static dev.catnap.cost.pricing.Cards.card;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.cost.pricing.RateRules.Candidate;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateRulesTest {
  private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
  private static final RateScope BLUE = RateScope.of(null, "team=blue");
  private static final RateCard OPEN = card("0.05", Instant.EPOCH, null);

  @Test
  void bounded_card_may_lie_in_an_open_one_and_an_open_one_may_follow() {
    fine(card("0.1", MARCH, JUNE), OPEN, card("0.2", JULY, null));
    fine(card("0.1", JUNE, JULY), OPEN, card("0.2", MARCH, JUNE));
  }

  @Test
  void two_of_a_scope_must_not_begin_together() {
    refused(
        "validFrom must not be that of another card of its scope (host big), card 1",
        card("1", MARCH, null, RateScope.of("big", null), "USD"),
        OPEN,
        card("2", MARCH, JUNE, RateScope.of("big", null), "USD"));
  }

  @Test
  void two_of_a_scope_must_not_both_be_bounded_into_each_other() {
    refused(
        "validTo must not be after " + JUNE, card("1", MARCH, JULY), OPEN, card("2", JUNE, null));
    refused(
        "validFrom must not be before " + JULY,
        card("1", JUNE, null),
        OPEN,
        card("2", MARCH, JULY));
  }

  @Test
  void reservation_and_prices_of_a_scope_do_not_clash() {
    fine(Cards.reserved("1", "1", "0.1", Instant.EPOCH), OPEN);
    refused(
        "validFrom must not be that of another card",
        Cards.reserved("1", "1", "0.1", MARCH),
        OPEN,
        Cards.reserved("2", "1", "0.1", MARCH));
  }

  @Test
  void labels_that_a_service_could_both_have_must_not_hold_together() {
    RateCard prod = card("1", JUNE, null, RateScope.of(null, "env=prod"), "USD");
    refused(
        "label must be of the same name, team", prod, OPEN, card("1", MARCH, null, BLUE, "USD"));
    fine(prod, OPEN, card("1", MARCH, JUNE, BLUE, "USD"));
    fine(prod, OPEN, reservedFor(BLUE));
    fine(
        card("1", JUNE, null, RateScope.of(null, "team=red"), "USD"),
        OPEN,
        card("1", MARCH, null, BLUE, "USD"));
  }

  @Test
  void a_default_card_without_end_must_stay() {
    refused("validTo must leave a card without end", card("1", Instant.EPOCH, JUNE));
    refused("validTo must leave a card without end", card("1", Instant.EPOCH, null, BLUE, "USD"));
  }

  @Test
  void currency_may_change_over_time_but_not_differ_at_one() {
    RateCard euro = card("1", JUNE, null, RateScope.EVERYTHING, "EUR");
    fine(euro, OPEN);
    fine(euro, OPEN, card("1", MARCH, JUNE, BLUE, "USD"));
    refused("currency must be that of all cards", euro, OPEN, card("1", MARCH, JULY, BLUE, "USD"));
    refused("currency must be that of all cards", card("1", MARCH, null, BLUE, "EUR"), OPEN);
  }

  private static ReservedCapacity reservedFor(RateScope scope) {
    return new ReservedCapacity(
        MARCH, null, scope, BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE, "USD");
  }

  private static void fine(RateCard changed, RateCard... others) {
    assertThatCode(() -> RateRules.check("", cards(changed, others))).doesNotThrowAnyException();
  }

  private static void refused(String message, RateCard changed, RateCard... others) {
    List<Candidate> cards = cards(changed, others);
    assertThatThrownBy(() -> RateRules.check("", cards))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith(message);
    assertThatThrownBy(() -> RateRules.check("", cards.reversed()))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith(message);
  }

  private static List<Candidate> cards(RateCard changed, RateCard... others) {
    List<Candidate> cards = new ArrayList<>();
    cards.add(new Candidate("", "the new card", changed));
    for (int i = 0; i < others.length; i++) {
      cards.add(new Candidate(null, "card " + i, others[i]));
    }
    return cards;
  }
}
