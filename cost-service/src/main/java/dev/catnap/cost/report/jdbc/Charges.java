package dev.catnap.cost.report.jdbc;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.ContainerHistory;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader.Question;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.Charge;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Charges as the ledger has them. */
public final class Charges {
  private static final Duration DAY = Duration.ofDays(1);

  private final CostDatabase database;
  private final HistoryReader histories;
  private final LedgerReader ledger;
  private final RateCards cards;

  public Charges(CostDatabase database, RateCards cards) {
    this.database = database;
    this.histories = new HistoryReader(database.jdbc());
    this.ledger = new LedgerReader(database.jdbc());
    this.cards = cards;
  }

  /**
   * By day and the month they are booked in.
   *
   * @param to exclusive; the present at the latest
   * @param services only these; empty: all
   */
  public List<Charge> bookings(Instant from, Instant to, Collection<String> services) {
    return charges(new Question(from, to, services), Detail.BOOKINGS);
  }

  /** Of the window as a whole, priced anew at other rates than those booked with. */
  public List<Charge> priced(
      Instant from, Instant to, Collection<String> services, RateHistory rates) {
    LedgerLines pricing = new LedgerLines(from, to, rates, List.of());
    Postings sums = new Postings(Detail.ITEMS, from);
    return database.read(() -> {
      histories
          .read(from, to, services)
          .forEach(history -> pricing.of(history, line -> sums.add(line)));
      return charges(sums.all(), new Question(from, to, services), false);
    });
  }

  /** Of the window as a whole. */
  public List<Charge> totals(Instant from, Instant to, Collection<String> services) {
    return charges(new Question(from, to, services), Detail.ITEMS);
  }

  private List<Charge> charges(Question question, Detail detail) {
    RateHistory rates = cards.history();
    return database.read(() ->
        charges(ledger.postings(question, detail, rates), question, detail == Detail.BOOKINGS));
  }

  private List<Charge> charges(List<Posting> postings, Question question, boolean day) {
    Map<String, Reservation> names = histories.newest(question.services());
    List<Charge> charges = new ArrayList<>();
    for (Posting posting : postings) {
      Instant end = day ? posting.at().plus(1, ChronoUnit.DAYS) : question.to();
      charges.add(
          Charge.of(
              posting,
              posting.at().isBefore(question.from()) ? question.from() : posting.at(),
              end.isAfter(question.to()) ? question.to() : end,
              names.get(posting.service())));
    }
    return charges;
  }

  /**
   * What is booked in a month: what it cost up to {@code to} and, of earlier months, what was
   * corrected in it. Of a closed month it never changes.
   *
   * @param to end of the month, or the present while it runs
   */
  public List<Charge> bookedIn(YearMonth month, Instant to, Collection<String> services) {
    RateHistory rates = cards.history();
    Instant start = Booking.start(month);
    return database.read(() -> {
      Instant closedTo = ledger.closedTo();
      List<Posting> all = new ArrayList<>(ledger.bookedIn(month, services));
      if (closedTo == null || !start.isBefore(closedTo)) {
        all.removeIf(posting -> !posting.isCorrection());
        ledger.postings(new Question(start, to, services), Detail.BOOKINGS, rates).stream()
            .filter(posting -> !posting.isCorrection())
            .forEach(all::add);
      }
      return charges(all, new Question(Instant.EPOCH, to, services), true);
    });
  }

  /**
   * Sums by whole day of UTC, numbered from that of {@code from} on; amounts of what is booked and
   * what is not.
   */
  public List<StepSum> days(Instant from, Instant to, Collection<String> services) {
    RateHistory rates = cards.history();
    Question question = new Question(from, to, services);
    return database.read(() -> {
      List<StepSum> sums = new ArrayList<>(ledger.steps(question, DAY, rates));
      ledger.live(
          question,
          rates,
          List.of(),
          line ->
              sums.add(
                  new StepSum(
                      Duration.between(from, line.from()).toDays(),
                      line.resource(),
                      line.rate(),
                      line.quantity(),
                      line.awakeQuantity())));
      return sums;
    });
  }

  /** What is priced, for those who ask what something else would have cost. */
  public List<ContainerHistory> histories(Instant from, Instant to, Collection<String> services) {
    return database.read(() -> histories.read(from, to, services));
  }

  /** How often each service came from asleep or stopped. */
  public Map<String, Integer> wakes(Instant from, Instant to) {
    return database.read(() -> histories.wakes(from, to));
  }

  /** The rate cards as they are. */
  public RateHistory rates() {
    return cards.history();
  }

  /** When the first state of any service, or of these, was known. */
  public Optional<Instant> firstKnown(Collection<String> services) {
    return database.read(() -> Optional.ofNullable(histories.firstKnown(services)));
  }
}
