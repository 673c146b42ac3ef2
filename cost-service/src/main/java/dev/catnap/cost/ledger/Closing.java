package dev.catnap.cost.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * When a month is closed: its days of grace are over, everything up to its end is booked, and
 * nothing of an earlier month has come for a while, so that a log being read from the beginning is
 * read to its end first.
 *
 * @param grace after the end of a month, 0 or more
 * @param quiet how long nothing of an earlier month has come
 */
public record Closing(Duration grace, Duration quiet) {
  /** End of the last month whose days of grace are over. */
  public Instant due(Instant now) {
    return Booking.start(Booking.monthOf(now.minus(grace)));
  }

  /**
   * Whether it has been quiet.
   *
   * @param watchedSince since when this process has listened
   * @param lastTouched when last something of an earlier month came; null: never
   */
  public boolean isQuiet(Instant now, Instant watchedSince, @Nullable Instant lastTouched) {
    Instant latest =
        lastTouched == null || lastTouched.isBefore(watchedSince) ? watchedSince : lastTouched;
    return !now.isBefore(latest.plus(quiet));
  }

  /**
   * The month that corrections are booked in: the first that is open.
   *
   * @param closedTo null: no month is closed
   */
  public static @Nullable YearMonth open(@Nullable Instant closedTo) {
    return closedTo == null ? null : Booking.monthOf(closedTo);
  }
}
