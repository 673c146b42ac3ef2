package dev.catnap.policy.idleness.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The last failure of a thread, remembered for a minute: one that comes back after each replacement
 * would otherwise be seen only in the moments between.
 */
final class RecentFailure {
  static final Duration REMEMBERED = Duration.ofMinutes(1);

  private record Failure(String what, long atNanos) {}

  private volatile @Nullable Failure last;

  /**
   * @param nowNanos of a clock that only runs forward
   * @return whether it is the one remembered, again
   */
  boolean note(Throwable failure, long nowNanos) {
    String before = at(nowNanos);
    last = new Failure(failure.toString(), nowNanos);
    return failure.toString().equals(before);
  }

  /** What failed within the last minute; null: nothing. */
  @Nullable String at(long nowNanos) {
    Failure failure = last;
    return failure == null || nowNanos - failure.atNanos() >= REMEMBERED.toNanos()
        ? null
        : failure.what();
  }
}
