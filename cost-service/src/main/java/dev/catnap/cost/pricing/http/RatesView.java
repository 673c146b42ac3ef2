package dev.catnap.cost.pricing.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.pricing.RateCard;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.ReservedCapacity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rate card as it is shown; what it does not have is absent, its number and version where it is
 * not recorded.
 *
 * @param id number of the card, the same in all its versions
 * @param version rises with each recording
 * @param recordedBy {@code start}, {@code api} or {@code import}
 * @param removed true in the version that removed it, else absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RatesView(
    @Nullable Long id,
    Instant validFrom,
    @Nullable Instant validTo,
    @Nullable String host,
    @Nullable String label,
    String purchase,
    @Nullable BigDecimal cpuHour,
    @Nullable BigDecimal memoryGibHour,
    @Nullable BigDecimal storageGibMonth,
    @Nullable BigDecimal networkInGib,
    @Nullable BigDecimal networkOutGib,
    @Nullable BigDecimal monthHours,
    @Nullable BigDecimal cores,
    @Nullable BigDecimal memoryGib,
    @Nullable BigDecimal amountHour,
    String currency,
    @Nullable Long version,
    @Nullable Instant recordedAt,
    @Nullable String recordedBy,
    @Nullable Boolean removed) {
  /** Of a card as it was recorded. */
  public static RatesView of(RateVersion recorded) {
    return of(recorded.content(), recorded);
  }

  /** Of a card that is not recorded. */
  static RatesView of(RateCard card) {
    return of(card, null);
  }

  private static RatesView of(RateCard card, @Nullable RateVersion recorded) {
    RateScope scope = card.scope();
    Rates rates = card instanceof Rates found ? found : null;
    ReservedCapacity capacity = card instanceof ReservedCapacity found ? found : null;
    return new RatesView(
        recorded == null ? null : recorded.card(),
        card.validFrom(),
        card.validTo(),
        scope.kind() == RateScope.Kind.HOST ? scope.value() : null,
        scope.kind() == RateScope.Kind.LABEL ? scope.value() : null,
        card.purchase().text(),
        rates == null ? null : rates.cpuHour(),
        rates == null ? null : rates.memoryGibHour(),
        rates == null ? null : rates.storageGibMonth(),
        rates == null ? null : rates.networkInGib(),
        rates == null ? null : rates.networkOutGib(),
        rates == null ? null : rates.monthHours(),
        capacity == null ? null : capacity.cores(),
        capacity == null ? null : capacity.memoryGib(),
        capacity == null ? null : capacity.amountHour(),
        card.currency(),
        recorded == null ? null : recorded.version(),
        recorded == null ? null : recorded.recordedAt(),
        recorded == null ? null : recorded.recordedBy(),
        recorded != null && recorded.removed() ? true : null);
  }

  /** Sorts as the numbers do. */
  String key() {
    return "%020d".formatted(Objects.requireNonNull(id));
  }

  String versionKey() {
    return "%020d".formatted(Objects.requireNonNull(version));
  }
}
