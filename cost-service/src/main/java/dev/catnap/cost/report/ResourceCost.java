package dev.catnap.cost.report;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The part of one resource.
 *
 * @param unit {@code Core-Hours}, {@code GiB-Hours} or {@code GiB}
 * @param quantity what was priced, in units
 * @param reserved set aside while awake, in units
 * @param used used while awake, in units
 * @param efficiency used / reserved; 0 where nothing is reserved and nothing used, 1 where only
 *     used (after OpenCost); null for storage and network
 */
public record ResourceCost(
    String unit,
    BigDecimal quantity,
    BigDecimal reserved,
    BigDecimal used,
    @Nullable BigDecimal efficiency,
    BigDecimal baseline,
    BigDecimal actual,
    BigDecimal saving) {}
