package dev.catnap.cost.ledger;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Where and why a line stands in the ledger.
 *
 * @param month of UTC that it is booked in: that of its interval, or for a correction the first one
 *     that was open
 * @param reversal whether it takes back a line of the same interval; its quantities are negative
 * @param reason of a correction; null where it is none
 */
public record Booking(YearMonth month, boolean reversal, @Nullable Reason reason) {
  /** Why a closed month was corrected. */
  public enum Reason {
    /** Facts came after the month was closed. */
    LATE_FACTS,
    /** The same facts at another rate. */
    REPRICED
  }

  /** A line in the month of its interval. */
  public static Booking original(Instant from) {
    return new Booking(monthOf(from), false, null);
  }

  public static YearMonth monthOf(Instant at) {
    return YearMonth.from(at.atOffset(ZoneOffset.UTC));
  }

  /** First instant of a month. */
  public static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
