package dev.catnap.cost.commitment;

import dev.catnap.cost.commitment.ReservedUse.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A window in parts that can be settled one by one, since each hour is settled for itself.
 *
 * @param before what lies before the first full hour that is booked; at most one
 * @param days full hours that are booked, a day of UTC or what there is of it each
 * @param after the rest; at most one
 */
public record Parts(List<Span> before, List<Span> days, List<Span> after) {
  /**
   * @param since a full hour, from which on everything is booked
   * @param till a full hour, up to which; exclusive
   */
  public static Parts of(Span window, Instant since, Instant till) {
    Instant first = later(nextHour(window.from()), since);
    Instant last = earlier(window.to().truncatedTo(ChronoUnit.HOURS), till);
    if (!first.isBefore(last)) {
      return new Parts(List.of(window), List.of(), List.of());
    }
    List<Span> days = new ArrayList<>();
    for (Instant at = first; at.isBefore(last); at = days.getLast().to()) {
      Instant midnight = at.truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
      days.add(new Span(at, earlier(midnight, last)));
    }
    return new Parts(part(window.from(), first), days, part(last, window.to()));
  }

  private static List<Span> part(Instant from, Instant to) {
    return from.isBefore(to) ? List.of(new Span(from, to)) : List.of();
  }

  private static Instant nextHour(Instant time) {
    Instant hour = time.truncatedTo(ChronoUnit.HOURS);
    return hour.equals(time) ? hour : hour.plus(1, ChronoUnit.HOURS);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
