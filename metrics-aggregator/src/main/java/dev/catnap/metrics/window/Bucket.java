package dev.catnap.metrics.window;

import java.time.Duration;
import java.time.Instant;

/** The sizes that rollups are kept in; buckets begin at whole multiples of their size in UTC. */
public enum Bucket {
  MINUTE(Duration.ofMinutes(1)),
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1));

  private static final Duration MINUTES_SUFFICE = Duration.ofHours(48);
  private static final Duration HOURS_SUFFICE = Duration.ofDays(62);

  private final Duration size;

  Bucket(Duration size) {
    this.size = size;
  }

  public Duration size() {
    return size;
  }

  /** The start of the bucket that {@code at} falls in. */
  public Instant floor(Instant at) {
    return floor(at, size);
  }

  /** As {@link #floor(Instant)}, for any size of whole seconds. */
  public static Instant floor(Instant at, Duration size) {
    long seconds = size.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), seconds) * seconds);
  }

  /**
   * The size a sum over this long reads: minutes up to 48 h, hours up to 62 days, then days; at
   * most about 2900 buckets a container. Its first bucket may begin before the window does.
   */
  public static Bucket forLength(Duration length) {
    if (length.compareTo(MINUTES_SUFFICE) <= 0) {
      return MINUTE;
    }
    return length.compareTo(HOURS_SUFFICE) <= 0 ? HOUR : DAY;
  }
}
