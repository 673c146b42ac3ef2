package dev.catnap.policy.idleness;

import dev.catnap.events.ResourceSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What the newest sample of one container says about its being busy.
 *
 * @param load share of its CPU limit
 * @param networkBytesPerSecond received and sent
 * @param connections established from outside; null where that is not to be seen
 */
public record UsageFact(
    Instant at,
    long windowMillis,
    double load,
    double networkBytesPerSecond,
    @Nullable Integer connections) {
  private static final Comparator<UsageFact> BUSIER =
      Comparator.comparingDouble(UsageFact::load)
          .thenComparingDouble(UsageFact::networkBytesPerSecond)
          .thenComparing(UsageFact::connections, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparingLong(UsageFact::windowMillis);

  static UsageFact of(ResourceSample sample) {
    double bytes = (double) sample.networkRxBytes() + sample.networkTxBytes();
    return new UsageFact(
        sample.at(),
        sample.windowMillis(),
        sample.load(),
        bytes * 1000 / sample.windowMillis(),
        sample.connections());
  }

  /** Newer by time; between two of the same time the busier one. */
  boolean isNewerThan(@Nullable UsageFact other) {
    if (other == null || !at.equals(other.at())) {
      return other == null || at.isAfter(other.at());
    }
    return BUSIER.compare(this, other) > 0;
  }

  boolean isFresh(Instant now, Duration atLeast) {
    long longest = Math.max(atLeast.toMillis(), 3 * windowMillis);
    return !now.isAfter(at.plusMillis(longest));
  }
}
