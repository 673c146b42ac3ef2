package dev.catnap.cost.report.jdbc;

import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.commitment.jdbc.Reservations;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.ledger.Postings;
import dev.catnap.cost.ledger.Postings.Detail;
import dev.catnap.cost.ledger.Reservation;
import dev.catnap.cost.ledger.jdbc.HistoryReader;
import dev.catnap.cost.ledger.jdbc.LedgerReader;
import dev.catnap.cost.ledger.jdbc.Question;
import dev.catnap.cost.ledger.jdbc.SuiteStore;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.report.Aggregation;
import dev.catnap.cost.report.CostReport;
import dev.catnap.cost.report.Window;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Makes reports of the ledger, each as of one moment. */
public final class CostReports {
  private final CostDatabase database;
  private final HistoryReader histories;
  private final LedgerReader ledger;
  private final SuiteStore suite;
  private final Reservations reservations;

  public CostReports(CostDatabase database, LedgerReader ledger, Reservations reservations) {
    this.database = database;
    this.histories = new HistoryReader(database.jdbc());
    this.ledger = ledger;
    this.suite = new SuiteStore(database.jdbc());
    this.reservations = reservations;
  }

  /**
   * @param window ends at the present at the latest
   * @param services only these; empty: all
   */
  public CostReport report(
      Window window, Aggregation aggregation, Collection<String> services, RateHistory rates) {
    return report(window, aggregation, services, rates, posting -> {});
  }

  /**
   * The same.
   *
   * @param also gets all that is summed in it
   */
  public CostReport report(
      Window window,
      Aggregation aggregation,
      Collection<String> services,
      RateHistory rates,
      Consumer<Posting> also) {
    return database.read(() -> {
      CostReport report = new CostReport(window, aggregation, rates, !services.isEmpty());
      Question question = new Question(window.from(), window.to(), services);
      Postings sums = new Postings(Detail.ITEMS, window.from());
      ledger.booked(question, Detail.ITEMS, rates).forEach(sums::add);
      ledger.notBooked(
          question,
          rates,
          report.cuts(),
          line -> {
            sums.add(line);
            report.addToStep(line);
          });
      Map<String, Reservation> names = histories.newest(services);
      for (Posting sum : sums.all()) {
        report.add(sum, names.get(sum.service()));
        also.accept(sum);
      }
      if (window.step() != null) {
        ledger.steps(question, window.step(), rates).forEach(report::add);
      }
      suite.read(window.from(), window.to()).forEach(report::add);
      reservations
          .settle(window.from(), window.to(), rates)
          .ifPresentOrElse(
              settlement -> addTo(report, settlement, names, services), report::reservedTooLong);
      return report;
    });
  }

  private static void addTo(
      CostReport report,
      Settlement settlement,
      Map<String, Reservation> names,
      Collection<String> services) {
    if (!settlement.isNothing()) {
      report.add(settlement, names, service -> services.isEmpty() || services.contains(service));
    }
  }

  /** When anything was first paid, for a service or for the suite. */
  public Optional<Instant> firstPaid() {
    return database.read(() ->
        Stream.of(Optional.ofNullable(histories.firstKnown(List.of())), suite.firstUsed())
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder()));
  }

  /** When the first state of any service was known. */
  public Optional<Instant> firstKnown() {
    return database.read(() -> Optional.ofNullable(histories.firstKnown(List.of())));
  }
}
