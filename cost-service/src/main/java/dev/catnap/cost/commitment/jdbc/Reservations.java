package dev.catnap.cost.commitment.jdbc;

import dev.catnap.cost.commitment.ReservedUse;
import dev.catnap.cost.commitment.ReservedUse.Span;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader.Question;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settles reservations from the ledger. To be called within one read transaction. */
public final class Reservations {
  /** Longer ones would read more hours than an answer can wait for. */
  public static final Duration LONGEST = Duration.ofDays(400);

  private final HistoryReader histories;
  private final LedgerReader ledger;

  public Reservations(JdbcTemplate jdbc) {
    this.histories = new HistoryReader(jdbc);
    this.ledger = new LedgerReader(jdbc);
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
        from, to, rates, (question, cuts, into) -> ledger.slots(question, rates, cuts, into));
  }

  /** The same of what is booked alone, whatever became known since. */
  public Optional<Settlement> settleBooked(Instant from, Instant to, RateHistory rates) {
    return settle(
        from,
        to,
        rates,
        (question, cuts, into) -> ledger.bookedSlots(question, rates, cuts).forEach(into));
  }

  private Optional<Settlement> settle(Instant from, Instant to, RateHistory rates, Hours hours) {
    Optional<Span> span = ReservedUse.span(from, to, rates);
    if (span.isEmpty()) {
      return Optional.of(Settlement.NOTHING);
    }
    Span held = span.get();
    if (Duration.between(held.from(), held.to()).compareTo(LONGEST) > 0) {
      return Optional.empty();
    }
    Map<String, List<Reservation>> definitions = histories.definitions();
    NavigableSet<Instant> cuts = labelChanges(definitions);
    cuts.addAll(rates.changes());
    ReservedUse use = new ReservedUse(held.from(), held.to(), rates);
    hours.read(
        new Question(held.from(), held.to(), List.of()),
        new TreeSet<>(cuts.subSet(held.from(), true, held.to(), false)),
        slot -> use.add(within(slot, held.from()), labels(definitions, slot)));
    return Optional.of(use.settled());
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
