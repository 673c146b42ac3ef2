package dev.catnap.cost.focus;

import dev.catnap.cost.commitment.Held;
import dev.catnap.cost.pricing.Purchase;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Charge;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One charge as FOCUS has it: a resource of a container on a day at a rate, or of a reservation.
 * Quantity and unit price are rounded, never their product, so {@code ListUnitPrice x
 * PricingQuantity = ListCost} holds to the last digit.
 *
 * @param service null where it is nobody's: the purchase of a reservation, and what of it was not
 *     used; likewise container and host
 * @param quantity in the pricing unit, 9 decimals
 * @param unitPrice at the card, at most 18 decimals
 * @param cost quantity x unitPrice, exact
 * @param purchase on demand or spot
 * @param month that it is booked in
 * @param correction whether it corrects an earlier month, which was closed; it may be negative
 * @param commitment null where it has nothing to do with a reservation
 */
public record FocusRow(
    FocusAccount account,
    Instant from,
    Instant to,
    @Nullable String service,
    @Nullable String container,
    @Nullable String host,
    @Nullable String group,
    Map<String, String> labels,
    Resource resource,
    String currency,
    BigDecimal quantity,
    BigDecimal unitPrice,
    BigDecimal cost,
    Purchase purchase,
    YearMonth month,
    boolean correction,
    @Nullable FocusCommitment commitment) {
  /** A billionth of a core-hour or GiB-hour: below any rate's last cent. */
  public static final int QUANTITY_DECIMALS = 9;

  /** Used by a container, and covered by a reservation where there is a commitment. */
  static FocusRow of(
      FocusAccount account,
      Charge charge,
      BigDecimal baseUnits,
      @Nullable FocusCommitment commitment) {
    BigDecimal quantity = quantity(charge.resource(), baseUnits);
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
        charge.purchase(),
        charge.booked(),
        charge.isCorrection(),
        commitment);
  }

  /** A reservation's own: its purchase, or what of it nobody used. */
  static FocusRow of(
      FocusAccount account, Held held, BigDecimal baseUnits, FocusCommitment commitment) {
    ReservedCapacity capacity = held.of();
    Instant end = held.day().plus(1, ChronoUnit.DAYS);
    Instant last = capacity.validTo();
    BigDecimal quantity = quantity(held.resource(), baseUnits);
    return new FocusRow(
        account,
        held.day().isBefore(capacity.validFrom()) ? capacity.validFrom() : held.day(),
        last != null && last.isBefore(end) ? last : end,
        null,
        null,
        null,
        null,
        capacity.scope().labels(),
        held.resource(),
        capacity.currency(),
        quantity,
        held.listRate(),
        quantity.multiply(held.listRate()),
        Purchase.ON_DEMAND,
        held.booked(),
        !held.booked().equals(YearMonth.from(held.day().atOffset(ZoneOffset.UTC))),
        commitment);
  }

  private static BigDecimal quantity(Resource resource, BigDecimal baseUnits) {
    return baseUnits.divide(resource.baseUnitsPerHour(), QUANTITY_DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** The same with no time outside a window. */
  public FocusRow within(Instant begin, Instant end) {
    return new FocusRow(
        account,
        from.isBefore(begin) ? begin : from,
        to.isAfter(end) ? end : to,
        service,
        container,
        host,
        group,
        labels,
        resource,
        currency,
        quantity,
        unitPrice,
        cost,
        purchase,
        month,
        correction,
        commitment);
  }

  /** First instant of the calendar month in UTC that the charge is booked in. */
  Instant billingPeriodStart() {
    return month().atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  Instant billingPeriodEnd() {
    return month().plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  boolean isSomething() {
    return quantity.signum() != 0 || billed().signum() != 0 || effective().signum() != 0;
  }

  BigDecimal billed() {
    return commitment == null ? cost : commitment.billed();
  }

  BigDecimal effective() {
    return commitment == null ? cost : commitment.effective();
  }

  boolean isConsumed() {
    return commitment == null || commitment.isUsed();
  }

  boolean isPurchase() {
    return commitment != null && commitment.isPurchase();
  }

  /** As the specification has it: dynamic is a rate that can change without notice. */
  String pricingCategory() {
    if (commitment != null && !commitment.isPurchase()) {
      return "Committed";
    }
    return purchase == Purchase.SPOT ? "Dynamic" : "Standard";
  }

  /** The container, or the reservation where it is nobody's. */
  String resourceId() {
    return host == null ? Objects.requireNonNull(commitment).id() : host + "/" + container;
  }

  String resourceName() {
    return container == null ? Objects.requireNonNull(commitment).name() : container;
  }

  String resourceType() {
    return container == null ? "Reserved Capacity" : "Container";
  }

  String description() {
    return (correction ? "Correction: " : "") + meter() + about();
  }

  private String about() {
    if (commitment == null) {
      return " of container " + container + " of service " + service;
    }
    return switch (commitment.kind()) {
      case PURCHASE -> " reserved: " + commitment.name();
      case UNUSED -> " reserved and not used: " + commitment.name();
      case USED -> " of container " + container + " of service " + service + ", reserved";
    };
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
