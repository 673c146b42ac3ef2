package dev.catnap.cost.focus.jdbc;

import dev.catnap.cost.focus.FocusQuestion;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.jdbc.BookedHours;
import dev.catnap.cost.ledger.jdbc.BookedHours.Extent;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Cuts files of all services at each midnight of UTC. To be called within one read transaction. */
final class FocusDays {
  private static final Duration DAY = Duration.ofDays(1);

  private final LedgerReader ledger;
  private final BookedHours hours;

  FocusDays(JdbcTemplate jdbc, LedgerReader ledger) {
    this.ledger = ledger;
    this.hours = new BookedHours(jdbc);
  }

  /**
   * A day, or what a window has of it.
   *
   * @param change of a whole day of which all that is asked for is booked, another number once
   *     lines of it are booked again; else null
   */
  record Part(Span span, @Nullable Long change) {}

  /** In order of time. In the file of a month those before it have corrections alone. */
  List<Part> parts(FocusQuestion question, RateHistory rates) {
    YearMonth month = question.month();
    List<Span> corrected = month == null ? List.of() : corrected(month);
    List<Span> days = days(question.from(), question.to());
    Extent booked =
        month != null && ledger.isClosed(month) ? Extent.EVERYTHING : hours.extent(rates);
    Predicate<Span> isBooked = day -> isWhole(day) && isWithin(booked, day);
    List<Span> whole = Stream.concat(corrected.stream(), days.stream().filter(isBooked)).toList();
    Map<Span, Long> changes = hours.changes(whole);
    return Stream.concat(corrected.stream(), days.stream())
        .map(day -> new Part(day, changes.get(day)))
        .toList();
  }

  private List<Span> corrected(YearMonth month) {
    return ledger.correctedIn(month).stream().map(day -> new Span(day, day.plus(DAY))).toList();
  }

  private static List<Span> days(Instant from, Instant to) {
    List<Span> days = new ArrayList<>();
    for (Instant at = from; at.isBefore(to); at = days.getLast().to()) {
      Instant midnight = at.truncatedTo(ChronoUnit.DAYS).plus(DAY);
      days.add(new Span(at, midnight.isBefore(to) ? midnight : to));
    }
    return days;
  }

  private static boolean isWhole(Span day) {
    return day.to().equals(day.from().plus(DAY));
  }

  private static boolean isWithin(Extent booked, Span day) {
    return !day.from().isBefore(booked.since()) && !day.to().isAfter(booked.till());
  }
}
