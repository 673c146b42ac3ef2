package dev.catnap.cost.focus;

import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Charge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One charge as FOCUS has it: a resource of a container on a day at a rate. Quantity and unit price
 * are rounded, never their product, so {@code ListUnitPrice x PricingQuantity = ListCost} holds to
 * the last digit.
 *
 * @param quantity in the pricing unit, 9 decimals
 * @param unitPrice at most 18 decimals
 * @param cost quantity x unitPrice, exact
 * @param month that it is booked in
 * @param correction whether it corrects an earlier month, which was closed; it may be negative
 */
public record FocusRow(
    FocusAccount account,
    Instant from,
    Instant to,
    String service,
    String container,
    String host,
    @Nullable String group,
    Map<String, String> labels,
    Resource resource,
    String currency,
    BigDecimal quantity,
    BigDecimal unitPrice,
    BigDecimal cost,
    YearMonth month,
    boolean correction) {
  /** A billionth of a core-hour or GiB-hour: below any rate's last cent. */
  public static final int QUANTITY_DECIMALS = 9;

  static FocusRow of(FocusAccount account, Charge charge, BigDecimal baseUnits) {
    BigDecimal quantity =
        baseUnits.divide(
            charge.resource().baseUnitsPerHour(), QUANTITY_DECIMALS, RoundingMode.HALF_EVEN);
    return new FocusRow(
        account,
        charge.from(),
        charge.to(),
        charge.service(),
        charge.container(),
        charge.host(),
        charge.group(),
        charge.labels(),
        charge.resource(),
        charge.currency(),
        quantity,
        charge.rate(),
        quantity.multiply(charge.rate()),
        charge.booked(),
        charge.isCorrection());
  }

  /** First instant of the calendar month in UTC that the charge is booked in. */
  Instant billingPeriodStart() {
    return month().atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  Instant billingPeriodEnd() {
    return month().plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  String description() {
    return (correction ? "Correction: " : "")
        + meter()
        + " of container "
        + container
        + " of service "
        + service;
  }

  /** Of the meter, such as {@code network-in}. */
  String sku() {
    return meter().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  String meter() {
    return switch (resource) {
      case CPU -> "CPU";
      case MEMORY -> "Memory";
      case STORAGE -> "Storage";
      case NETWORK_IN -> "Network In";
      case NETWORK_OUT -> "Network Out";
    };
  }
}
