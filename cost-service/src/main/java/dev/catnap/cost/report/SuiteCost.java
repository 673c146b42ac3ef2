package dev.catnap.cost.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the suite itself cost, as far as it was measured; never scaled up.
 *
 * @param processHours hours measured, of all its processes together
 * @param reason why {@code cost} is null
 */
public record SuiteCost(
    @Nullable BigDecimal cost,
    @Nullable BigDecimal cpu,
    @Nullable BigDecimal memory,
    BigDecimal processHours,
    @Nullable String reason) {}
