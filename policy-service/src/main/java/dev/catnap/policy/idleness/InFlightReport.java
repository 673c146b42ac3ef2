package dev.catnap.policy.idleness;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How many requests one source said were open, and when. */
public record InFlightReport(Instant at, int count) {
  /** Newer by time; between two of the same time the one with more open requests. */
  boolean isNewerThan(@Nullable InFlightReport other) {
    if (other == null || !at.equals(other.at())) {
      return other == null || at.isAfter(other.at());
    }
    return count > other.count();
  }

  boolean countsAt(Instant now, Duration longest) {
    return count > 0 && now.isBefore(at.plus(longest));
  }
}
