package dev.catnap.cost.budget;

import java.time.Duration;
import java.time.Instant;

/** When a delivery that failed is tried again: 1, 2, 4 ... seconds later, at most 10 minutes. */
public final class Backoff {
  /** About a day and a half of trying. */
  public static final int MOST_ATTEMPTS = 200;

  private static final Duration LONGEST = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 10;

  private Backoff() {}

  /**
   * @param attempts made so far, 1 or more
   */
  public static Instant next(int attempts, Instant now) {
    Duration pause = Duration.ofSeconds(1L << Math.min(attempts - 1, DOUBLINGS));
    return now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
  }
}
