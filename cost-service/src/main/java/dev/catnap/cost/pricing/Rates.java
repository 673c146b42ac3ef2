package dev.catnap.cost.pricing;

import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is paid for what is held.
 *
 * @param validFrom first instant it holds for
 * @param validTo first instant it no longer holds for; null: open
 * @param purchase on demand or spot
 * @param cpuHour a core for an hour
 * @param memoryGibHour a GiB (1024^3 bytes) of memory for an hour
 * @param storageGibMonth a GiB of storage for a month
 * @param networkInGib a GiB received; 0: free
 * @param networkOutGib a GiB sent; 0: free
 * @param monthHours hours in a month: 720 (24 x 30) by default, 730 is the FinOps habit
 * @param currency ISO 4217 code, three capital letters
 */
public record Rates(
    Instant validFrom,
    @Nullable Instant validTo,
    RateScope scope,
    Purchase purchase,
    BigDecimal cpuHour,
    BigDecimal memoryGibHour,
    BigDecimal storageGibMonth,
    BigDecimal networkInGib,
    BigDecimal networkOutGib,
    BigDecimal monthHours,
    String currency)
    implements RateCard {
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

  /** The defaults of the product: 0.05, 0.01, 0.10 USD, network free, 720 h, since ever. */
  public static final Rates DEFAULT =
      new Rates(
          Instant.EPOCH,
          new BigDecimal("0.05"),
          new BigDecimal("0.01"),
          new BigDecimal("0.10"),
          BigDecimal.valueOf(720),
          "USD");

  public Rates {
    RateCard.check(validFrom, validTo, currency);
    if (purchase == Purchase.RESERVED) {
      throw new InvalidFieldException("purchase", "must be on-demand or spot", purchase.text());
    }
    cpuHour = Amounts.check("cpuHour", cpuHour, HIGHEST);
    memoryGibHour = Amounts.check("memoryGibHour", memoryGibHour, HIGHEST);
    storageGibMonth = Amounts.check("storageGibMonth", storageGibMonth, HIGHEST);
    networkInGib = Amounts.check("networkInGib", networkInGib, HIGHEST);
    networkOutGib = Amounts.check("networkOutGib", networkOutGib, HIGHEST);
    monthHours = Amounts.check("monthHours", monthHours, HIGHEST);
    if (monthHours.compareTo(BigDecimal.valueOf(672)) < 0
        || monthHours.compareTo(BigDecimal.valueOf(744)) > 0) {
      throw new InvalidFieldException(
          "monthHours", "must be the hours of a month, 672 to 744", monthHours);
    }
  }

  /** On demand, for everything, open, with free network. */
  public Rates(
      Instant validFrom,
      BigDecimal cpuHour,
      BigDecimal memoryGibHour,
      BigDecimal storageGibMonth,
      BigDecimal monthHours,
      String currency) {
    this(
        validFrom,
        null,
        RateScope.EVERYTHING,
        Purchase.ON_DEMAND,
        cpuHour,
        memoryGibHour,
        storageGibMonth,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        monthHours,
        currency);
  }

  /**
   * The price of a priced unit: a core-hour, a GiB-hour, a GiB moved. Storage's is rounded to 18
   * decimals here, on the factor: what is multiplied by it afterwards is exact.
   */
  public BigDecimal hourly(Resource resource) {
    return switch (resource) {
      case CPU -> cpuHour;
      case MEMORY -> memoryGibHour;
      case NETWORK_IN -> networkInGib;
      case NETWORK_OUT -> networkOutGib;
      case STORAGE -> storageGibMonth.divide(monthHours, 18, RoundingMode.HALF_EVEN);
    };
  }
}
