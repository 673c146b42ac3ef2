package dev.catnap.cost.pricing;

import java.math.BigDecimal;
import java.time.Instant;

/** Rate cards as a test wants them. Only what a core costs differs. */
public final class Cards {
  private Cards() {}

  /** A default card. */
  public static Rates card(String cpuHour, Instant from, Instant to) {
    return card(cpuHour, from, to, RateScope.EVERYTHING, "USD");
  }

  public static Rates card(
      String cpuHour, Instant from, Instant to, RateScope scope, String currency) {
    return new Rates(
        from,
        to,
        scope,
        Purchase.ON_DEMAND,
        new BigDecimal(cpuHour),
        new BigDecimal("0.01"),
        new BigDecimal("0.10"),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.valueOf(720),
        currency);
  }

  /** The defaults with a price for network. */
  public static Rates network(String inGib, String outGib) {
    Rates other = Rates.DEFAULT;
    return new Rates(
        other.validFrom(),
        null,
        RateScope.EVERYTHING,
        Purchase.ON_DEMAND,
        other.cpuHour(),
        other.memoryGibHour(),
        other.storageGibMonth(),
        new BigDecimal(inGib),
        new BigDecimal(outGib),
        other.monthHours(),
        other.currency());
  }

  public static ReservedCapacity reserved(String cores, String gib, String amount, Instant from) {
    return new ReservedCapacity(
        from,
        null,
        RateScope.EVERYTHING,
        new BigDecimal(cores),
        new BigDecimal(gib),
        new BigDecimal(amount),
        "USD");
  }

  /** The first version of a card. */
  public static RateVersion known(long number, Instant recordedAt, RateCard card) {
    return new RateVersion(number, number, recordedAt, "api", false, card);
  }
}
