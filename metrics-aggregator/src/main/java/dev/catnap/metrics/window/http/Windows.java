package dev.catnap.metrics.window.http;

import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.metrics.window.Durations;
import dev.catnap.metrics.window.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code window}, {@code from} and {@code to}:
 *
 * <pre>
 * nothing        the 24 h up to now
 * window         that long up to now
 * from           from then to now, or window from then
 * to             the 24 h, or window, up to then
 * from, to       between them; window must be absent
 * </pre>
 *
 * Nothing reaches beyond now, and nothing is longer than 366 days.
 */
public final class Windows {
  private static final Duration DEFAULT = Duration.ofHours(24);

  private Windows() {}

  /**
   * @throws InvalidFieldException naming the parameter
   */
  public static TimeWindow of(
      @Nullable Duration window, @Nullable Instant from, @Nullable Instant to, Instant now) {
    if (window != null && (window.isZero() || window.compareTo(TimeWindow.LONGEST) > 0)) {
      throw new InvalidFieldException(
          "window", "must be longer than 0 and at most 366d", Durations.written(window));
    }
    if (window != null && from != null && to != null) {
      throw new InvalidFieldException(
          "window", "must be absent where from and to are given", Durations.written(window));
    }
    Duration length = window == null ? DEFAULT : window;
    Instant start = from;
    Instant end = to;
    if (start != null && end == null) {
      end = window == null ? now : start.plus(window);
    }
    end = end == null || end.isAfter(now) ? now : end;
    start = start == null ? end.minus(length) : start;
    if (!start.isBefore(end)) {
      throw new InvalidFieldException("from", "must be before to, and in the past", start);
    }
    if (Duration.between(start, end).compareTo(TimeWindow.LONGEST) > 0) {
      throw new InvalidFieldException("from", "must be at most 366d before to", start);
    }
    return new TimeWindow(start, end);
  }

  /**
   * @throws InvalidFieldException when it cannot be the name of a service
   */
  public static @Nullable String service(@Nullable String service) {
    return service == null ? null : Check.serviceName("service", service);
  }
}
