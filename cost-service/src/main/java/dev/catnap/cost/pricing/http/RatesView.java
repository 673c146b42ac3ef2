package dev.catnap.cost.pricing.http;

import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.jpa.RateCard;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;

/** A rate card as it is shown. */
record RatesView(
    long id,
    Instant validFrom,
    BigDecimal cpuHour,
    BigDecimal memoryGibHour,
    BigDecimal storageGibMonth,
    BigDecimal monthHours,
    String currency) {
  static RatesView of(RateCard card) {
    Rates rates = card.rates();
    return new RatesView(
        Objects.requireNonNull(card.id()),
        rates.validFrom(),
        rates.cpuHour(),
        rates.memoryGibHour(),
        rates.storageGibMonth(),
        rates.monthHours(),
        rates.currency());
  }

  /** Sorts as the times do. */
  String key() {
    return "%020d".formatted(id);
  }
}
