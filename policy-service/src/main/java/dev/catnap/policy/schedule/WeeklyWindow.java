package dev.catnap.policy.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A window that recurs on days of the week, on the clocks of a time zone.
 *
 * <p>It belongs to the day it begins on; an end at or before its begin is on the next day. Where
 * clocks go forward, a time that does not exist is the moment of the change. Where they go back,
 * the begin is the first and the end the second of the two moments with that name.
 *
 * @param to exclusive; midnight stands for the end of the day
 */
record WeeklyWindow(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
  /** One occurrence; {@code end} is exclusive. */
  record Span(Instant start, Instant end) {
    boolean contains(Instant time) {
      return !time.isBefore(start) && time.isBefore(end);
    }
  }

  WeeklyWindow {
    days = Set.copyOf(days);
  }

  /** The occurrence that begins on that day; null when there is none. */
  @Nullable Span on(LocalDate day) {
    if (!days.contains(day.getDayOfWeek())) {
      return null;
    }
    LocalDate lastDay = to.isAfter(from) ? day : day.plusDays(1);
    Instant start = instant(day.atTime(from), false);
    Instant end = instant(lastDay.atTime(to), true);
    return start.isBefore(end) ? new Span(start, end) : null;
  }

  /** Occurrences that begin from the day before {@code time} to that many days after it. */
  List<Span> around(Instant time, int daysAfter) {
    LocalDate today = time.atZone(zone).toLocalDate();
    return today
        .minusDays(1)
        .datesUntil(today.plusDays(daysAfter + 1L))
        .<Span>mapMulti((day, sink) -> {
          Span span = on(day);
          if (span != null) {
            sink.accept(span);
          }
        })
        .toList();
  }

  private Instant instant(LocalDateTime local, boolean later) {
    ZoneOffsetTransition change = zone.getRules().getTransition(local);
    if (change == null) {
      return local.atZone(zone).toInstant();
    }
    if (change.isGap()) {
      return change.getInstant();
    }
    return local.toInstant(later ? change.getOffsetAfter() : change.getOffsetBefore());
  }
}
