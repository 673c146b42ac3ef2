package dev.catnap.cost.report.jdbc;

import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.database.CostDatabase;
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

  private Settlement settle(Instant from, Instant to, RateHistory rates) {
    return reservations.settle(from, to, rates).orElseThrow(Charges::tooLong);
  }

  static InvalidFieldException tooLong() {
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
      charges(ledger.postings(question, Detail.ITEMS, rates), question)
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
      return charges(sums.all(), new Question(from, to, services));
    });
  }

  /** Of the window as a whole. */
  public List<Charge> totals(Instant from, Instant to, Collection<String> services) {
    RateHistory rates = cards.history();
    Question question = new Question(from, to, services);
    return database.read(() -> charges(ledger.postings(question, Detail.ITEMS, rates), question));
  }

  private List<Charge> charges(List<Posting> postings, Question question) {
    Map<String, Reservation> names = histories.newest(question.services());
    return postings.stream()
        .map(posting ->
            Charge.of(
                posting,
                posting.at().isBefore(question.from()) ? question.from() : posting.at(),
                question.to(),
                names.get(posting.service())))
        .toList();
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
