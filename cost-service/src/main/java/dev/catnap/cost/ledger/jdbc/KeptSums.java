package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.Parts;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Sums over all services. What is booked of all of them is summed once, by week, by day, or by what
 * a window has of a day from or to a full hour, and kept in memory until lines of it are booked
 * again; the rest is asked of the database each time. To be called within one read transaction.
 *
 * <p>Takes a sixteenth of the heap at most, and as much as half of that for days and wakes.
 */
final class KeptSums {
  private static final Duration DAY = Duration.ofDays(1);
  private static final long HEAP = Runtime.getRuntime().maxMemory();
  private static final int STEP_BYTES = 250;
  private static final int WAKE_BYTES = 64;

  private final LedgerSums sums;
  private final BookedHours hours;
  private final HistoryReader histories;
  private final KeptItems items = new KeptItems(HEAP / 16);
  private final KeptByDay<List<StepSum>> days =
      new KeptByDay<>(HEAP / 64, day -> (long) STEP_BYTES * day.size(), List.of());
  private final KeptByDay<Map<String, Integer>> wakes =
      new KeptByDay<>(HEAP / 64, day -> (long) WAKE_BYTES * day.size(), Map.of());

  KeptSums(JdbcTemplate jdbc, LedgerSums sums) {
    this.sums = sums;
    this.hours = new BookedHours(jdbc);
    this.histories = new HistoryReader(jdbc);
  }

  /** What is booked in the window as a whole. */
  List<Posting> items(Instant from, Instant to, RateHistory rates) {
    Parts parts = hours.parts(new Span(from, to), rates);
    List<Span> booked = Parts.byWeek(parts.days());
    Postings all = new Postings(Detail.ITEMS, from);
    items.sum(booked, hours.changes(booked), part -> items(part, rates), from).forEach(all::add);
    around(parts).forEach(part -> items(part, rates).forEach(posting -> all.add(posting.at(from))));
    return all.all();
  }

  private static Stream<Span> around(Parts parts) {
    return Stream.concat(parts.before().stream(), parts.after().stream());
  }

  private List<Posting> items(Span part, RateHistory rates) {
    return sums.booked(new Question(part.from(), part.to(), List.of()), Detail.ITEMS, rates);
  }

  /**
   * What is booked, by day.
   *
   * @param from midnight of UTC
   */
  List<StepSum> days(Instant from, Instant to, RateHistory rates) {
    List<Span> whole =
        hours.parts(new Span(from, to), rates).days().stream()
            .filter(day -> day.to().equals(day.from().plus(DAY)))
            .toList();
    if (whole.isEmpty() || !whole.getFirst().from().equals(from)) {
      return steps(new Span(from, to), from, rates);
    }
    List<StepSum> all = new ArrayList<>();
    days.read(
        whole,
        hours.changes(whole),
        missing -> byDay(missing, rates),
        (day, found) -> {
          long number = Duration.between(from, day.from()).toDays();
          found.forEach(sum -> all.add(sum.later(number)));
        });
    all.addAll(steps(new Span(whole.getLast().to(), to), from, rates));
    return all;
  }

  private List<StepSum> steps(Span part, Instant from, RateHistory rates) {
    if (!part.from().isBefore(part.to())) {
      return List.of();
    }
    long before = Duration.between(from, part.from()).toDays();
    return sums.steps(new Question(part.from(), part.to(), List.of()), DAY, rates).stream()
        .map(sum -> sum.later(before))
        .toList();
  }

  private Map<Instant, List<StepSum>> byDay(Span part, RateHistory rates) {
    Map<Instant, List<StepSum>> byDay = new HashMap<>();
    for (StepSum sum : steps(part, part.from(), rates)) {
      byDay
          .computeIfAbsent(part.from().plus(DAY.multipliedBy(sum.step())), any -> new ArrayList<>())
          .add(sum.later(-sum.step()));
    }
    return byDay;
  }

  /** How often each service came from asleep or stopped; those that did. */
  Map<String, Integer> wakes(Instant from, Instant to, RateHistory rates) {
    Parts parts = hours.parts(new Span(from, to), rates);
    Map<String, Integer> all = new HashMap<>();
    BiConsumer<String, Integer> add = (service, count) -> all.merge(service, count, Integer::sum);
    wakes.read(
        parts.days(),
        hours.changes(parts.days()),
        histories::wakesByDay,
        (part, found) -> found.forEach(add));
    around(parts)
        .forEach(part -> histories.wakesByDay(part).values().forEach(day -> day.forEach(add)));
    return all;
  }
}
