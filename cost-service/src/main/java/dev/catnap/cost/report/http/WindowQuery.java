package dev.catnap.cost.report.http;

import dev.catnap.cost.report.Window;
import dev.catnap.events.InvalidFieldException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The window that a query asks for. Cut to milliseconds, and never later than the present. */
public final class WindowQuery {
  private WindowQuery() {}

  /**
   * @param window length; null: {@code defaultLength}, or as {@code from} says
   * @param from null: a window before {@code to}
   * @param to null: a window after {@code from}, or the present
   */
  public static Window of(
      @Nullable Duration window,
      @Nullable Instant from,
      @Nullable Instant to,
      @Nullable Duration step,
      Duration defaultLength,
      Instant now) {
    if (window != null && from != null && to != null) {
      throw new InvalidFieldException("window", "must not be given beside from and to", window);
    }
    if (window != null && (window.toMillis() < 1 || window.compareTo(Window.LONGEST) > 0)) {
      throw new InvalidFieldException("window", "must be 1ms to 3660d", window);
    }
    checkTime("from", from, now);
    checkTime("to", to, null);
    Duration length = window == null ? defaultLength : window;
    Instant end = to == null ? (from != null && window != null ? from.plus(length) : now) : to;
    Instant start = from == null ? earlier(end, now).minus(length) : from;
    return new Window(millis(start), millis(earlier(end, now)), step);
  }

  private static void checkTime(String field, @Nullable Instant time, @Nullable Instant before) {
    if (time != null
        && (time.isBefore(Instant.EPOCH) || time.getEpochSecond() > 253_402_214_400L)) {
      throw new InvalidFieldException(field, "must lie between 1970 and 9999", time);
    }
    if (time != null && before != null && !time.isBefore(before)) {
      throw new InvalidFieldException(field, "must lie in the past", time);
    }
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant millis(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS);
  }
}
