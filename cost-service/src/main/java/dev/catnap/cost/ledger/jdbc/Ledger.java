package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.Closing;
import dev.catnap.cost.ledger.Corrections;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Stretch;
import dev.catnap.cost.pricing.RateHistory;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Books what facts come to, some containers and days at a time, each time all or nothing. Booking
 * again what is booked changes no row. One instance at a time does it.
 */
public final class Ledger {
  private static final String LOCK =
      "SELECT pg_try_advisory_xact_lock(hashtextextended('catnap-cost-ledger', 0))";

  private static final int CONTAINERS_AT_A_TIME = 50;
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Samples of an hour come a little after it. */
  private static final Duration SETTLE = Duration.ofMinutes(1);

  private final CostDatabase database;
  private final JdbcTemplate jdbc;
  private final BuiltStore built;
  private final BookedRates rates;
  private final LineStore lines;
  private final HistoryReader histories;

  public Ledger(CostDatabase database) {
    this.database = database;
    this.jdbc = database.jdbc();
    this.built = new BuiltStore(jdbc);
    this.rates = new BookedRates(jdbc);
    this.lines = new LineStore(jdbc);
    this.histories = new HistoryReader(jdbc);
  }

  /**
   * Books the full hours up to {@code now} of those furthest behind.
   *
   * @return how many stretches were booked; 0: nothing is left, or another instance is at it
   */
  public int book(Instant now, RateHistory current) {
    Instant to = now.minus(SETTLE).truncatedTo(ChronoUnit.HOURS);
    return database.write(() -> prepare(to, current))
        ? database.write(() -> bookPrepared(to, current))
        : 0;
  }

  private boolean isMine() {
    return Boolean.TRUE.equals(jdbc.queryForObject(LOCK, Boolean.class));
  }

  private boolean prepare(Instant to, RateHistory current) {
    if (!isMine()) {
      return false;
    }
    Instant since = rates.differsSince(current);
    if (since != null) {
      built.touchAll(since);
      rates.save(current);
    }
    List<Stretch> due = due(to, null);
    lines.openMonths(due);
    return !due.isEmpty();
  }

  private List<Stretch> due(Instant to, @Nullable Collection<String> services) {
    return built.due(to, LONGEST, CONTAINERS_AT_A_TIME, services);
  }

  private int bookPrepared(Instant to, RateHistory current) {
    // Priced with others meanwhile: the next turn sees to it.
    if (!isMine() || rates.differsSince(current) != null) {
      return 0;
    }
    List<String> services = due(to, null).stream().map(Stretch::service).distinct().toList();
    FactStore.lockServices(jdbc, services);
    List<Stretch> due = due(to, services);
    if (due.isEmpty()) {
      return 0;
    }
    Instant closedTo = closedTo().orElse(null);
    Instant border = closedTo == null ? Instant.EPOCH : closedTo;
    List<LedgerLine> priced = price(due, current);
    bookOpen(part(due, border, to), priced, border);
    YearMonth open = Closing.open(closedTo);
    List<Stretch> closed = part(due, Instant.EPOCH, border);
    if (open != null && !closed.isEmpty()) {
      bookClosed(closed, priced, border, open);
    }
    lines.sum(due);
    lines.noteChange(due);
    built.advance(due);
    return due.size();
  }

  private List<LedgerLine> price(List<Stretch> due, RateHistory current) {
    List<LedgerLine> priced = new ArrayList<>();
    LedgerLines pricing = new LedgerLines(Instant.EPOCH, Instant.MAX, current, List.of());
    histories.read(due).forEach(history -> pricing.of(history, priced::add));
    return priced;
  }

  private void bookOpen(List<Stretch> stretches, List<LedgerLine> priced, Instant border) {
    if (!stretches.isEmpty()) {
      lines.delete(stretches, Booking.monthOf(Instant.EPOCH).atDay(1));
      lines.insert(priced.stream().filter(line -> !line.from().isBefore(border)).toList());
    }
  }

  /** Corrections in a month still open are replaced, those in a closed one stand. */
  private void bookClosed(
      List<Stretch> stretches, List<LedgerLine> priced, Instant border, YearMonth open) {
    lines.delete(stretches, open.atDay(1));
    Map<String, List<LedgerLine>> booked = byContainer(lines.read(stretches), border);
    Map<String, List<LedgerLine>> right = byContainer(priced, border);
    List<LedgerLine> corrections = new ArrayList<>();
    for (Stretch stretch : stretches) {
      String key = key(stretch.service(), stretch.container());
      corrections.addAll(
          Corrections.of(
              booked.getOrDefault(key, List.of()), right.getOrDefault(key, List.of()), open));
    }
    lines.insert(corrections);
  }

  private static Map<String, List<LedgerLine>> byContainer(
      Collection<LedgerLine> all, Instant border) {
    Map<String, List<LedgerLine>> lines = new HashMap<>();
    for (LedgerLine line : all) {
      if (line.from().isBefore(border)) {
        lines
            .computeIfAbsent(key(line.service(), line.container()), any -> new ArrayList<>())
            .add(line);
      }
    }
    return lines;
  }

  private static String key(String service, String container) {
    return service + '\0' + container;
  }

  /** What of the stretches lies between two times. */
  private static List<Stretch> part(List<Stretch> stretches, Instant from, Instant to) {
    List<Stretch> parts = new ArrayList<>();
    for (Stretch all : stretches) {
      Instant start = all.from().isBefore(from) ? from : all.from();
      Instant end = all.to().isBefore(to) ? all.to() : to;
      if (start.isBefore(end)) {
        parts.add(new Stretch(all.service(), all.container(), start, end));
      }
    }
    return parts;
  }

  /**
   * Closes the months that are to be closed.
   *
   * @param watchedSince since when this process has listened
   * @return up to when everything is closed now; empty: nothing was to be closed
   */
  public Optional<Instant> close(Closing closing, Instant now, Instant watchedSince) {
    return database.write(() -> {
      Instant due = closing.due(now);
      boolean closes =
          isMine()
              && closedTo().map(due::isAfter).orElse(true)
              && closing.isQuiet(now, watchedSince, built.lastTouched())
              && built.isBuiltTo(due)
              && hasLinesBefore(due);
      if (!closes) {
        return Optional.empty();
      }
      jdbc.update(
          "INSERT INTO ledger_closing (closed_to, closed_at) VALUES (?, ?)",
          Timestamp.from(due),
          Timestamp.from(now));
      return Optional.of(due);
    });
  }

  private boolean hasLinesBefore(Instant time) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            "SELECT EXISTS (SELECT FROM ledger_day WHERE day < ?)",
            Boolean.class,
            Timestamp.from(time)));
  }

  private Optional<Instant> closedTo() {
    OffsetDateTime latest =
        jdbc.queryForObject("SELECT max(closed_to) FROM ledger_closing", OffsetDateTime.class);
    return Optional.ofNullable(latest).map(OffsetDateTime::toInstant);
  }
}
