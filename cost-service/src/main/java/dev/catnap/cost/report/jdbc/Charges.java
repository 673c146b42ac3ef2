package dev.catnap.cost.report.jdbc;

import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.LedgerLines;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.jdbc.Question;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.Spend;
import dev.catnap.events.InvalidFieldException;
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
  private final Reservations reservations;
  private final RateCards cards;

  public Charges(
      CostDatabase database, LedgerReader ledger, RateCards cards, Reservations reservations) {
    this.database = database;
    this.histories = new HistoryReader(database.jdbc());
    this.ledger = ledger;
    this.reservations = reservations;
    this.cards = cards;
  }

  /**
   * By day and the month they are booked in.
   *
   * @param to exclusive; the present at the latest
   * @param services only these; empty: all
   */
  public Bookings bookings(Instant from, Instant to, Collection<String> services) {
    RateHistory rates = cards.history();
    Question question = new Question(from, to, services);
    return database.read(() ->
        new Bookings(
            charges(ledger.postings(question, Detail.BOOKINGS, rates), question, true),
            settle(from, to, rates).of(services)));
  }

  /**
   * What is booked, by day.
   *
   * @param charges at their cards
   * @param settlement what reservations make of them; of some services without what nobody used
   */
  public record Bookings(List<Charge> charges, Settlement settlement) {}

  private Settlement settle(Instant from, Instant to, RateHistory rates) {
    return reservations.settle(from, to, rates).orElseThrow(Charges::tooLong);
  }

  private static InvalidFieldException tooLong() {
    return new InvalidFieldException(
        "from", "must be at most 400d before to where capacity is reserved", null);
  }

  /** What was really paid, reservations considered. */
  public List<Spend> spend(Instant from, Instant to) {
    RateHistory rates = cards.history();
    Question question = new Question(from, to, List.of());
    return database.read(() -> {
      Settlement settlement = settle(from, to, rates);
      Map<String, Reservation> names = histories.newest(List.of());
      List<Spend> spends = new ArrayList<>();
      charges(ledger.postings(question, Detail.ITEMS, rates), question, false)
          .forEach(charge -> spends.add(Spend.of(charge)));
      settlement
          .drawn()
          .forEach(drawn -> spends.add(Spend.of(drawn, names.get(drawn.use().service()))));
      settlement.held().forEach(held -> spends.add(Spend.ofUnused(held)));
      return spends;
    });
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
    RateHistory rates = cards.history();
    Question question = new Question(from, to, services);
    return database.read(
        () -> charges(ledger.postings(question, Detail.ITEMS, rates), question, false));
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
  public Bookings bookedIn(YearMonth month, Instant to, Collection<String> services) {
    RateHistory rates = cards.history();
    Instant start = Booking.start(month);
    return database.read(() -> {
      Instant closedTo = ledger.closedTo();
      boolean open = closedTo == null || !start.isBefore(closedTo);
      List<Posting> all =
          new ArrayList<>(
              open ? ledger.correctionsIn(month, services) : ledger.bookedIn(month, services));
      Settlement settlement =
          (open ? settle(start, to, rates) : booked(start, to, rates))
              .plus(corrections(all, rates))
              .bookedIn(month)
              .of(services);
      if (open) {
        ledger.postings(new Question(start, to, services), Detail.BOOKINGS, rates).stream()
            .filter(posting -> !posting.isCorrection())
            .forEach(all::add);
      }
      return new Bookings(
          charges(all, new Question(Instant.EPOCH, to, services), true), settlement);
    });
  }

  private Settlement booked(Instant from, Instant to, RateHistory rates) {
    return reservations.settleBooked(from, to, rates).orElseThrow(Charges::tooLong);
  }

  /** Of the days of earlier months that something was corrected of, all that is booked. */
  private Settlement corrections(List<Posting> booked, RateHistory rates) {
    return booked.stream()
        .filter(Posting::isCorrection)
        .map(Posting::at)
        .distinct()
        .map(day -> booked(day, day.plus(DAY), rates))
        .reduce(Settlement.NOTHING, Settlement::plus);
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
      ledger.notBooked(
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

  /**
   * What became of reservations.
   *
   * @param to at most 400 days after {@code from}
   */
  public Settlement settlement(Instant from, Instant to) {
    RateHistory rates = cards.history();
    return database.read(() -> settle(from, to, rates));
  }

  /** How often each service came from asleep or stopped. */
  public Map<String, Integer> wakes(Instant from, Instant to, RateHistory rates) {
    return database.read(() -> ledger.wakes(from, to, rates));
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
