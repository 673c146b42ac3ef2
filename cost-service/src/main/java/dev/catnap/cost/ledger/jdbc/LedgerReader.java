package dev.catnap.cost.ledger.jdbc;

import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.LedgerLine;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.StepSum;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads windows of the ledger, and prices what is not booked yet. Keeps what it summed of all
 * services, see {@link KeptSums}, so one is shared by all who ask. To be called within one read
 * transaction.
 */
public final class LedgerReader {
  private static final Duration DAY = Duration.ofDays(1);

  private final LedgerSums sums;
  private final NotBooked notBooked;
  private final KeptSums kept;

  public LedgerReader(JdbcTemplate jdbc) {
    this.sums = new LedgerSums(jdbc);
    this.notBooked = new NotBooked(jdbc);
    this.kept = new KeptSums(jdbc, sums);
  }

  /** Sums of what is booked and what is not. */
  public List<Posting> postings(Question question, Detail detail, RateHistory rates) {
    Postings all = new Postings(detail, question.from());
    booked(question, detail, rates).forEach(all::add);
    notBooked.lines(question, rates, List.of(), all::add);
    return all.all();
  }

  /** Sums of what is booked. */
  public List<Posting> booked(Question question, Detail detail, RateHistory rates) {
    return detail == Detail.ITEMS && question.services().isEmpty()
        ? kept.items(question.from(), question.to(), rates)
        : sums.booked(question, detail, rates);
  }

  /** Lines of what is not booked, cut at {@code cuts} as well. */
  public void notBooked(
      Question question, RateHistory rates, Collection<Instant> cuts, Consumer<LedgerLine> into) {
    notBooked.lines(question, rates, cuts, into);
  }

  /** What is booked, by step from the begin of the window on. */
  public List<StepSum> steps(Question question, Duration step, RateHistory rates) {
    boolean days = step.equals(DAY) && !question.beginsWithinADay();
    return days && question.services().isEmpty()
        ? kept.days(question.from(), question.to(), rates)
        : sums.steps(question, step, rates);
  }

  /**
   * How often each service came from asleep or stopped, from the begin of the window on and before
   * its end; those that did.
   */
  public Map<String, Integer> wakes(Instant from, Instant to, RateHistory rates) {
    return kept.wakes(from, to, rates);
  }

  /** All that was booked in a month, whatever month it is about. */
  public List<Posting> bookedIn(YearMonth month, Collection<String> services) {
    return sums.bookedIn(month, services);
  }

  /** Of that what corrects earlier months. */
  public List<Posting> correctionsIn(YearMonth month, Collection<String> services) {
    return sums.correctionsIn(month, services);
  }

  /** Days of earlier months that something was corrected of in a month, in order. */
  public List<Instant> correctedIn(YearMonth month) {
    return sums.correctedIn(month);
  }

  /**
   * What is booked of a day of UTC.
   *
   * @param day its midnight
   * @param month only what is booked in it; null: all
   */
  public List<Posting> day(Instant day, @Nullable YearMonth month) {
    return sums.day(day, month);
  }

  /** Whether nothing booked in a month changes any more. */
  public boolean isClosed(YearMonth month) {
    Instant closedTo = sums.closedTo();
    return closedTo != null && Booking.start(month).isBefore(closedTo);
  }
}
