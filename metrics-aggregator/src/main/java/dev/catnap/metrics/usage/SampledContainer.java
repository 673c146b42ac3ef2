package dev.catnap.metrics.usage;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.window.Bucket;
import java.time.Instant;

/**
 * A container in a stretch of time that begins at {@code bucket}: what a rollup has one row of.
 *
 * @param bucket start of the stretch, a whole multiple of its size
 */
public record SampledContainer(String service, String container, Instant bucket) {
  /** The minute in which the sample's window ended. */
  public static SampledContainer minuteOf(ResourceSample sample) {
    return new SampledContainer(
        sample.service(), sample.container(), Bucket.MINUTE.floor(sample.at()));
  }

  /** The larger stretch that this one lies in. */
  public SampledContainer within(Bucket size) {
    return new SampledContainer(service, container, size.floor(bucket));
  }
}
