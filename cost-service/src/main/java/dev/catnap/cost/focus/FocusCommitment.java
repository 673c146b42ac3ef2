package dev.catnap.cost.focus;

import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a row has to do with a reservation, which FOCUS calls a commitment discount. It names one
 * that has one unit, so each resource of a reservation has its own.
 *
 * @param id the same for the same scope, begin and resource
 * @param name such as {@code 8 cores for team=blue}
 * @param billed paid for the reservation: on the row of its purchase, 0 on those of its use
 * @param effective the part of it for this use; 0 on the row of its purchase
 */
record FocusCommitment(String id, String name, Kind kind, BigDecimal billed, BigDecimal effective) {
  /** Kinds of rows. */
  enum Kind {
    PURCHASE,
    USED,
    UNUSED
  }

  static FocusCommitment of(
      ReservedCapacity capacity,
      Resource resource,
      Kind kind,
      BigDecimal billed,
      BigDecimal effective) {
    RateScope scope = capacity.scope();
    return new FocusCommitment(
        "reserved/"
            + scope
            + "/"
            + capacity.validFrom()
            + "/"
            + resource.name().toLowerCase(Locale.ROOT),
        size(capacity, resource)
            + (scope.kind() == RateScope.Kind.DEFAULT ? "" : " for " + scope.value()),
        kind,
        billed,
        effective);
  }

  private static String size(ReservedCapacity capacity, Resource resource) {
    return resource == Resource.CPU
        ? capacity.cores().toPlainString() + " cores"
        : capacity.memoryGib().toPlainString() + " GiB";
  }

  /** As FOCUS names it; null on the purchase. */
  @Nullable String status() {
    return switch (kind) {
      case PURCHASE -> null;
      case USED -> "Used";
      case UNUSED -> "Unused";
    };
  }

  boolean isUsed() {
    return kind == Kind.USED;
  }

  boolean isPurchase() {
    return kind == Kind.PURCHASE;
  }
}
