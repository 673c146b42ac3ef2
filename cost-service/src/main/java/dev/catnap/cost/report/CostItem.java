package dev.catnap.cost.report;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one service, host, label and so on cost. {@code actual} is the sum of its resources, {@code
 * baseline} of actual and saving, all as shown.
 *
 * @param name the service, or whatever is summed by
 * @param savingPercent saving / baseline in percent; null where the baseline is 0
 * @param efficiency of CPU and memory, weighted by their cost
 * @param networkIn null where nothing was received that has a price
 * @param networkOut likewise sent
 * @param assumptions what was assumed anywhere in it
 * @param reserved what reservations make of it; null where no capacity is reserved
 */
public record CostItem(
    String name,
    Hours hours,
    BigDecimal baseline,
    BigDecimal actual,
    BigDecimal savingBeforeSuite,
    @Nullable BigDecimal savingPercent,
    BigDecimal efficiency,
    ResourceCost cpu,
    ResourceCost memory,
    ResourceCost storage,
    @Nullable ResourceCost networkIn,
    @Nullable ResourceCost networkOut,
    List<String> assumptions,
    @Nullable ReservedPart reserved) {
  CostItem with(ReservedPart part) {
    return new CostItem(
        name,
        hours,
        baseline,
        actual,
        savingBeforeSuite,
        savingPercent,
        efficiency,
        cpu,
        memory,
        storage,
        networkIn,
        networkOut,
        assumptions,
        part);
  }
}
