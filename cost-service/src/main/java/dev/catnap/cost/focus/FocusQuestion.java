package dev.catnap.cost.focus;

import dev.catnap.cost.ledger.Booking;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file is to have: what was booked in a month, corrections of earlier months among it; or
 * what was used in a window, with all later corrections.
 *
 * @param month null: a window
 * @param from of the month its begin
 * @param to exclusive, after {@code from}; the present at the latest
 * @param services only these; empty: all
 */
public record FocusQuestion(
    @Nullable YearMonth month, Instant from, Instant to, Collection<String> services) {
  public FocusQuestion {
    services = List.copyOf(services);
  }

  /** Up to {@code to}. */
  public static FocusQuestion ofMonth(YearMonth month, Instant to, Collection<String> services) {
    return new FocusQuestion(month, Booking.start(month), to, services);
  }

  public static FocusQuestion ofWindow(Instant from, Instant to, Collection<String> services) {
    return new FocusQuestion(null, from, to, services);
  }

  /** Before which no row may begin: a month has corrections of earlier ones. */
  public Instant begin() {
    return month == null ? from : Instant.EPOCH;
  }
}
