package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rate card as people write it.
 *
 * @param validFrom required
 * @param validTo default: open
 * @param host default: any
 * @param label {@code NAME=VALUE}; default: any
 * @param purchase {@code on-demand}, the default, {@code spot} or {@code reserved}
 * @param currency default USD
 * @param cpuHour required unless reserved: a core for an hour
 * @param memoryGibHour required unless reserved: a GiB (1024^3 bytes) for an hour
 * @param storageGibMonth required unless reserved: a GiB for a month
 * @param networkInGib a GiB received, default 0
 * @param networkOutGib a GiB sent, default 0
 * @param monthHours default 720
 * @param cores of what is reserved, default 0
 * @param memoryGib of what is reserved, default 0
 * @param amountHour required where reserved: what all of it costs an hour
 */
public record RateFields(
    @Nullable Instant validFrom,
    @Nullable Instant validTo,
    @Nullable String host,
    @Nullable String label,
    @Nullable String purchase,
    @Nullable String currency,
    @Nullable BigDecimal cpuHour,
    @Nullable BigDecimal memoryGibHour,
    @Nullable BigDecimal storageGibMonth,
    @Nullable BigDecimal networkInGib,
    @Nullable BigDecimal networkOutGib,
    @Nullable BigDecimal monthHours,
    @Nullable BigDecimal cores,
    @Nullable BigDecimal memoryGib,
    @Nullable BigDecimal amountHour) {
  /**
   * @throws InvalidFieldException naming the first field that breaks a rule
   */
  public RateCard card() {
    Purchase bought = purchase == null ? Purchase.ON_DEMAND : Purchase.parse(purchase);
    return bought == Purchase.RESERVED ? reserved() : rates(bought);
  }

  private Rates rates(Purchase bought) {
    absent("cores", cores, "where purchase is " + bought.text());
    absent("memoryGib", memoryGib, "where purchase is " + bought.text());
    absent("amountHour", amountHour, "where purchase is " + bought.text());
    return new Rates(
        begin(),
        end(),
        RateScope.of(host, label),
        bought,
        Check.present("cpuHour", cpuHour),
        Check.present("memoryGibHour", memoryGibHour),
        Check.present("storageGibMonth", storageGibMonth),
        orZero(networkInGib),
        orZero(networkOutGib),
        Objects.requireNonNullElse(monthHours, Rates.DEFAULT.monthHours()),
        Objects.requireNonNullElse(currency, Rates.DEFAULT.currency()));
  }

  private ReservedCapacity reserved() {
    String where = "where purchase is reserved: what exceeds it is paid by the other cards";
    absent("cpuHour", cpuHour, where);
    absent("memoryGibHour", memoryGibHour, where);
    absent("storageGibMonth", storageGibMonth, where);
    absent("networkInGib", networkInGib, where);
    absent("networkOutGib", networkOutGib, where);
    absent("monthHours", monthHours, where);
    return new ReservedCapacity(
        begin(),
        end(),
        RateScope.of(host, label),
        orZero(cores),
        orZero(memoryGib),
        Check.present("amountHour", amountHour),
        Objects.requireNonNullElse(currency, Rates.DEFAULT.currency()));
  }

  private Instant begin() {
    return micros(Check.present("validFrom", validFrom));
  }

  private @Nullable Instant end() {
    return validTo == null ? null : micros(validTo);
  }

  /** As the database keeps it. */
  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static BigDecimal orZero(@Nullable BigDecimal value) {
    return Objects.requireNonNullElse(value, BigDecimal.ZERO);
  }

  private static void absent(String field, @Nullable BigDecimal value, String where) {
    if (value != null) {
      throw new InvalidFieldException(field, "must not be given " + where, value);
    }
  }
}
