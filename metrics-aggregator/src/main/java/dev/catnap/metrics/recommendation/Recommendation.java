package dev.catnap.metrics.recommendation;

import org.jspecify.annotations.Nullable;

/**
 * What is recommended for a service; its containers are sized alike, so figures are of one.
 *
 * @param confidence in the sizes: 1 is a day of data; 0 where it was never seen awake
 * @param worth of changing the limits to their targets
 * @param leak null where there is none
 * @param disuse null where it is in use
 */
public record Recommendation(
    String service,
    Resource cpu,
    Resource memory,
    double confidence,
    Efficiency efficiency,
    Worth worth,
    @Nullable MemoryLeak leak,
    @Nullable Disuse disuse,
    Diagnosis diagnosis) {
  /**
   * @param limit in cores or bytes, as all; null where there is none
   * @param used in the mean while awake; null where unknown
   * @param sizing null where nothing is known
   */
  public record Resource(
      @Nullable Double limit, @Nullable Double used, @Nullable Sizing sizing, Fit fit) {}
}
