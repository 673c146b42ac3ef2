package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A point of the series, from {@code at} on for a step; all points add up to the total. */
public record CostPoint(
    Instant at,
    BigDecimal baseline,
    BigDecimal actual,
    BigDecimal savingBeforeSuite,
    @Nullable BigDecimal suite,
    @Nullable BigDecimal saving) {}
