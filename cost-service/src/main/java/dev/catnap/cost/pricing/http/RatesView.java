package dev.catnap.cost.pricing.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.ReservedCapacity;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rate card as it is shown; what it does not have is absent.
 *
 * @param id number of the card, the same in all its versions
 * @param version rises with each recording
 * @param recordedBy {@code start}, {@code api} or {@code import}
 * @param removed true in the version that removed it, else absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RatesView(
    long id,
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
    long version,
    Instant recordedAt,
    String recordedBy,
    @Nullable Boolean removed) {
  /** Of a card as it was recorded. */
  public static RatesView of(RateVersion recorded) {
    RateScope scope = recorded.content().scope();
    Rates rates = recorded.content() instanceof Rates found ? found : null;
    ReservedCapacity capacity = recorded.content() instanceof ReservedCapacity found ? found : null;
    return new RatesView(
        recorded.card(),
        recorded.content().validFrom(),
        recorded.content().validTo(),
        scope.kind() == RateScope.Kind.HOST ? scope.value() : null,
        scope.kind() == RateScope.Kind.LABEL ? scope.value() : null,
        recorded.content().purchase().text(),
        rates == null ? null : rates.cpuHour(),
        rates == null ? null : rates.memoryGibHour(),
        rates == null ? null : rates.storageGibMonth(),
        rates == null ? null : rates.networkInGib(),
        rates == null ? null : rates.networkOutGib(),
        rates == null ? null : rates.monthHours(),
        capacity == null ? null : capacity.cores(),
        capacity == null ? null : capacity.memoryGib(),
        capacity == null ? null : capacity.amountHour(),
        recorded.content().currency(),
        recorded.version(),
        recorded.recordedAt(),
        recorded.recordedBy(),
        recorded.removed() ? true : null);
  }

  /** Sorts as the numbers do. */
  String key() {
    return "%020d".formatted(id);
  }

  String versionKey() {
    return "%020d".formatted(version);
  }
}
