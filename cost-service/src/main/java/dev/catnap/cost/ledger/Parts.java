package dev.catnap.cost.ledger;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * A window in parts that can be summed or settled one by one, since each hour stands for itself.
 *
 * @param before what lies before the first full hour that is booked; at most one
 * @param days full hours that are booked, a day of UTC or what there is of it each
 * @param after the rest; at most one
 */
public record Parts(List<Span> before, List<Span> days, List<Span> after) {
  private static final int DAYS_OF_WEEK = 7;

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

  /** The same spans with whole weeks of UTC, from Monday on, as one each. */
  public static List<Span> byWeek(List<Span> days) {
    List<Span> parts = new ArrayList<>();
    int next = 0;
    while (next < days.size()) {
      Span day = days.get(next);
      Span week = new Span(day.from(), day.from().plus(DAYS_OF_WEEK, ChronoUnit.DAYS));
      int last = next + DAYS_OF_WEEK - 1;
      boolean whole =
          isMonday(day.from()) && last < days.size() && days.get(last).to().equals(week.to());
      parts.add(whole ? week : day);
      next += whole ? DAYS_OF_WEEK : 1;
    }
    return parts;
  }

  private static boolean isMonday(Instant time) {
    return time.equals(time.truncatedTo(ChronoUnit.DAYS))
        && time.atZone(ZoneOffset.UTC).getDayOfWeek() == DayOfWeek.MONDAY;
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
