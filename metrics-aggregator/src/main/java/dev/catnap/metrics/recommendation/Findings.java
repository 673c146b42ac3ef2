package dev.catnap.metrics.recommendation;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a service, for {@link Diagnosis}.
 *
 * @param defined whether there is a definition; where there is none nothing is said about it
 * @param healthChecked whether the definition names a readiness probe
 * @param cpuLimit cores; null where there is none
 * @param cpuHigh P95 of cores while awake; null where unknown
 * @param memoryLimit bytes; null where there is none
 * @param memoryHigh the most bytes while awake; null where unknown
 * @param crashes in the week before
 * @param outOfMemory those of them for want of memory
 * @param wakes in the week before
 * @param failedWakes likewise
 * @param leakHours until a leak meets the limit; null where there is none; infinite without limit
 * @param growingFast bytes a minute at the moment; null where it does not
 * @param sampled whether it was seen awake at all
 */
public record Findings(
    boolean defined,
    boolean healthChecked,
    @Nullable Double cpuLimit,
    @Nullable Double cpuHigh,
    @Nullable Double memoryLimit,
    @Nullable Double memoryHigh,
    long crashes,
    long outOfMemory,
    long wakes,
    long failedWakes,
    @Nullable Double leakHours,
    @Nullable Double growingFast,
    boolean sampled) {}
