package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/**
 * What is paid from {@code validFrom} on, until the next card begins.
 *
 * @param validFrom first instant it holds for
 * @param cpuHour a core for an hour
 * @param memoryGibHour a GiB (1024^3 bytes) of memory for an hour
 * @param storageGibMonth a GiB of storage for a month
 * @param monthHours hours in a month: 720 (24 x 30) by default, 730 is the FinOps habit
 * @param currency ISO 4217 code, three capital letters
 */
public record Rates(
    Instant validFrom,
    BigDecimal cpuHour,
    BigDecimal memoryGibHour,
    BigDecimal storageGibMonth,
    BigDecimal monthHours,
    String currency) {
  private static final BigDecimal HIGHEST = BigDecimal.valueOf(1_000_000);

  /** The defaults of the product: 0.05, 0.01, 0.10 USD, 720 h, valid since ever. */
  public static final Rates DEFAULT =
      new Rates(
          Instant.EPOCH,
          new BigDecimal("0.05"),
          new BigDecimal("0.01"),
          new BigDecimal("0.10"),
          BigDecimal.valueOf(720),
          "USD");

  public Rates {
    Check.present("validFrom", validFrom);
    Amounts.check("cpuHour", cpuHour, HIGHEST);
    Amounts.check("memoryGibHour", memoryGibHour, HIGHEST);
    Amounts.check("storageGibMonth", storageGibMonth, HIGHEST);
    Amounts.check("monthHours", monthHours, HIGHEST);
    if (monthHours.compareTo(BigDecimal.valueOf(672)) < 0
        || monthHours.compareTo(BigDecimal.valueOf(744)) > 0) {
      throw new InvalidFieldException(
          "monthHours", "must be the hours of a month, 672 to 744", monthHours);
    }
    if (currency == null || !currency.matches("[A-Z]{3}")) {
      throw new InvalidFieldException(
          "currency", "must be an ISO 4217 code of three capital letters, such as USD", currency);
    }
  }

  /**
   * The price of a core-hour or a GiB-hour. Storage's is rounded to 18 decimals here, on the
   * factor: what is multiplied by it afterwards is exact.
   */
  public BigDecimal hourly(Resource resource) {
    return switch (resource) {
      case CPU -> cpuHour;
      case MEMORY -> memoryGibHour;
      case STORAGE -> storageGibMonth.divide(monthHours, 18, RoundingMode.HALF_EVEN);
    };
  }
}
