package dev.catnap.cost.pricing.http;

import dev.catnap.cost.pricing.Rates;
import dev.catnap.events.Check;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rate card as it is sent.
 *
 * @param validFrom required
 * @param cpuHour required: a core for an hour
 * @param memoryGibHour required: a GiB (1024^3 bytes) for an hour
 * @param storageGibMonth required: a GiB for a month
 * @param monthHours default 720
 * @param currency default USD
 */
record RatesBody(
    @Nullable Instant validFrom,
    @Nullable BigDecimal cpuHour,
    @Nullable BigDecimal memoryGibHour,
    @Nullable BigDecimal storageGibMonth,
    @Nullable BigDecimal monthHours,
    @Nullable String currency) {
  Rates rates() {
    return new Rates(
        Check.present("validFrom", validFrom),
        Check.present("cpuHour", cpuHour),
        Check.present("memoryGibHour", memoryGibHour),
        Check.present("storageGibMonth", storageGibMonth),
        Objects.requireNonNullElse(monthHours, Rates.DEFAULT.monthHours()),
        Objects.requireNonNullElse(currency, Rates.DEFAULT.currency()));
  }
}
