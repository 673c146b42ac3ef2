package dev.catnap.cost.report.jdbc;

import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.Span;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.jdbc.Question;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.report.Charge;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Charges by day and the month they are booked in, as the ledger has them. To be called within one
 * read transaction.
 */
public final class BookedCharges {
  private static final Duration DAY = Duration.ofDays(1);

  private final HistoryReader histories;
  private final LedgerReader ledger;
  private final Reservations reservations;

  public BookedCharges(JdbcTemplate jdbc, LedgerReader ledger, Reservations reservations) {
    this.histories = new HistoryReader(jdbc);
    this.ledger = ledger;
    this.reservations = reservations;
  }

  /**
   * What is booked, by day.
   *
   * @param charges at their cards
   * @param settlement what reservations make of them; of some services without what nobody used
   */
  public record Bookings(List<Charge> charges, Settlement settlement) {}

  /** What was used in a window, with all corrections of it. */
  public Bookings within(Question question, RateHistory rates) {
    return new Bookings(
        charges(
            ledger.postings(question, Detail.BOOKINGS, rates),
            question.from(),
            question.to(),
            names(question.services())),
        settle(question.from(), question.to(), rates).of(question.services()));
  }

  /**
   * What is booked in a month: what it cost up to {@code to} and, of earlier months, what was
   * corrected in it. Of a closed month it never changes.
   *
   * @param to end of the month, or the present while it runs
   */
  public Bookings in(YearMonth month, Instant to, Collection<String> services, RateHistory rates) {
    Instant start = Booking.start(month);
    boolean open = !ledger.isClosed(month);
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
    return new Bookings(charges(all, Instant.EPOCH, to, names(services)), settlement);
  }

  /**
   * At their cards, of all services. Days of open months have no corrections, so the months need
   * not be told apart, and sums without them are kept.
   *
   * @param part within a day of UTC
   */
  public List<Charge> within(Span part, RateHistory rates, Map<String, Reservation> names) {
    boolean closed = ledger.isClosed(Booking.monthOf(part.from()));
    Question question = new Question(part.from(), part.to(), List.of());
    return charges(
        ledger.postings(question, closed ? Detail.BOOKINGS : Detail.ITEMS, rates),
        part.from(),
        part.to(),
        names);
  }

  /**
   * At their cards, of all services and a day of UTC, as far as it is booked.
   *
   * @param day its midnight
   * @param month only what is booked in it; null: all
   */
  public List<Charge> ofDay(
      Instant day, @Nullable YearMonth month, Map<String, Reservation> names) {
    return charges(ledger.day(day, month), day, day.plus(DAY), names);
  }

  /** The newest definition of each service, which charges are named by; of none: of all. */
  public Map<String, Reservation> names(Collection<String> services) {
    return histories.newest(services);
  }

  private static List<Charge> charges(
      List<Posting> postings, Instant from, Instant to, Map<String, Reservation> names) {
    List<Charge> charges = new ArrayList<>(postings.size());
    for (Posting posting : postings) {
      Instant end = posting.at().plus(DAY);
      charges.add(
          Charge.of(
              posting,
              posting.at().isBefore(from) ? from : posting.at(),
              end.isAfter(to) ? to : end,
              names.get(posting.service())));
    }
    return charges;
  }

  private Settlement settle(Instant from, Instant to, RateHistory rates) {
    return reservations.settle(from, to, rates).orElseThrow(Charges::tooLong);
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
}
