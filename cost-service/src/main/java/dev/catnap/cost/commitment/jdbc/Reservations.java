package dev.catnap.cost.commitment.jdbc;

import dev.catnap.cost.commitment.Basis;
import dev.catnap.cost.commitment.ReservedUse;
import dev.catnap.cost.commitment.SettledDays;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.ledger.Parts;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.jdbc.BookedHours;
import dev.catnap.cost.ledger.jdbc.BookedHours.Extent;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.ledger.jdbc.LedgerSlots;
import dev.catnap.cost.ledger.jdbc.Question;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Settles reservations from the ledger. Days of which everything is booked are settled once, and
 * again only when their lines, the cards or the labels are others; what is not booked yet each time
 * it is asked for. To be called within one read transaction.
 */
public final class Reservations {
  /** Longer ones would read more hours than an answer can wait for. */
  public static final Duration LONGEST = Duration.ofDays(400);

  /** An eighth of the heap at most, at some 400 bytes each; a day of 200 services has 1600. */
  private static final int MOST_KEPT =
      (int) Math.min(1_000_000, Runtime.getRuntime().maxMemory() / 8 / 400);

  private final HistoryReader histories;
  private final BookedHours booked;
  private final LedgerSlots ledger;
  private final SettledDays settled = new SettledDays(MOST_KEPT);

  public Reservations(JdbcTemplate jdbc) {
    this.histories = new HistoryReader(jdbc);
    this.booked = new BookedHours(jdbc);
    this.ledger = new LedgerSlots(jdbc);
  }

  /** How settled hours are read. */
  private interface Hours {
    void read(Question question, NavigableSet<Instant> cuts, Consumer<Posting> into);
  }

  /**
   * Of all that was used, whoever asks: what one draws is not there for another.
   *
   * @param to exclusive; the present at the latest
   * @return empty where capacity is reserved for longer than {@link #LONGEST} within the window
   */
  public Optional<Settlement> settle(Instant from, Instant to, RateHistory rates) {
    return settle(
        ReservedUse.span(from, to, rates),
        rates,
        () -> booked.extent(rates),
        (question, cuts, into) -> ledger.slots(question, rates, cuts, into));
  }

  /** The same of what is booked alone, whatever became known since. */
  public Optional<Settlement> settleBooked(Instant from, Instant to, RateHistory rates) {
    return settle(ReservedUse.span(from, to, rates), rates, () -> Extent.EVERYTHING, booked(rates));
  }

  private Hours booked(RateHistory rates) {
    return (question, cuts, into) -> ledger.bookedSlots(question, rates, cuts, into);
  }

  private Optional<Settlement> settle(
      Optional<Span> reserved, RateHistory rates, Supplier<Extent> extent, Hours hours) {
    if (reserved.isEmpty()) {
      return Optional.of(Settlement.NOTHING);
    }
    Span span = reserved.get();
    if (Duration.between(span.from(), span.to()).compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    Map<String, List<Reservation>> definitions = histories.definitions();
    Extent all = extent.get();
    Parts parts = Parts.of(span, all.since(), all.till());
    List<Settlement> settlements = new ArrayList<>();
    for (Span part : parts.before()) {
      settlements.add(settle(part, rates, definitions, hours));
    }
    settlements.addAll(days(parts.days(), rates, definitions));
    for (Span part : parts.after()) {
      settlements.add(settle(part, rates, definitions, hours));
    }
    return Optional.of(Settlement.sum(settlements));
  }

  /** Days, or full hours of them, of which everything is booked. */
  private List<Settlement> days(
      List<Span> days, RateHistory rates, Map<String, List<Reservation>> definitions) {
    if (days.isEmpty()) {
      return List.of();
    }
    Map<Instant, Long> changes = booked.changes(days.getFirst().from(), days.getLast().to());
    List<Settlement> all = new ArrayList<>();
    for (Span day : days) {
      long change = changes.getOrDefault(day.from().truncatedTo(ChronoUnit.DAYS), 0L);
      Basis basis = Basis.of(day.from(), day.to(), change, rates, definitions);
      Settlement known = settled.find(basis);
      if (known == null) {
        known = settle(day, rates, definitions, booked(rates));
        settled.keep(basis, known);
      }
      all.add(known);
    }
    return all;
  }

  private Settlement settle(
      Span span, RateHistory rates, Map<String, List<Reservation>> definitions, Hours hours) {
    NavigableSet<Instant> cuts = labelChanges(definitions);
    cuts.addAll(rates.changes());
    ReservedUse use = new ReservedUse(span.from(), span.to(), rates);
    hours.read(
        new Question(span.from(), span.to(), List.of()),
        new TreeSet<>(cuts.subSet(span.from(), true, span.to(), false)),
        slot -> use.add(within(slot, span.from()), labels(definitions, slot)));
    return use.settled();
  }

  /** The first hour begins no earlier than the window. */
  private static Posting within(Posting slot, Instant from) {
    return slot.at().isBefore(from) ? slot.at(from) : slot;
  }

  private static Map<String, String> labels(
      Map<String, List<Reservation>> definitions, Posting slot) {
    return Reservation.labelsAt(definitions.getOrDefault(slot.service(), List.of()), slot.at());
  }

  /** A service may draw on another reservation from then on. */
  private static NavigableSet<Instant> labelChanges(Map<String, List<Reservation>> definitions) {
    NavigableSet<Instant> changes = new TreeSet<>();
    for (List<Reservation> all : definitions.values()) {
      for (int i = 1; i < all.size(); i++) {
        if (!all.get(i).labels().equals(all.get(i - 1).labels())) {
          changes.add(all.get(i).since());
        }
      }
    }
    return changes;
  }
}
