package dev.catnap.metrics.history;

import org.jspecify.annotations.Nullable;

/**
 * How long one stage of the wakes took, in milliseconds; null where it was never measured.
 *
 * @param count wakes of which it is known
 */
public record StageSummary(
    long count, @Nullable Double mean, @Nullable Double p50, @Nullable Double p99) {}
