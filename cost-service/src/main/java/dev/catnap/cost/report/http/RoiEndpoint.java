package dev.catnap.cost.report.http;

import dev.catnap.cost.ledger.process.CostHousekeeping;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.Aggregation;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.CostReport;
import dev.catnap.cost.report.Investment;
import dev.catnap.cost.report.MonthlyCost;
import dev.catnap.cost.report.ReservedCost;
import dev.catnap.cost.report.ReturnOnInvestment;
import dev.catnap.cost.report.WakeCost;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.cost.report.jdbc.CostReports;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.kit.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Whether an investment in Catnap pays, by what was measured or by figures given. */
@Tag(name = "cost")
@RestController
public final class RoiEndpoint {
  private static final Duration MONTH = Duration.ofDays(30);

  private final CostReports reports;
  private final Charges charges;
  private final RateCards cards;
  private final CostHousekeeping housekeeping;
  private final Clock clock;

  public RoiEndpoint(
      CostReports reports,
      Charges charges,
      RateCards cards,
      CostHousekeeping housekeeping,
      Clock clock) {
    this.reports = reports;
    this.charges = charges;
    this.cards = cards;
    this.housekeeping = housekeeping;
    this.clock = clock;
  }

  private record Measured(MonthlyCost monthly, RoiAnswer.Basis basis, List<WakeCost> services) {}

  @Operation(summary = "Payback, ROI, NPV and IRR of an investment")
  @GetMapping("/cost/roi")
  RoiAnswer roi(
      @RequestParam BigDecimal investment,
      @RequestParam(defaultValue = "0.08") BigDecimal discountRate,
      @RequestParam(defaultValue = "3") int years,
      @RequestParam(required = false) @Nullable BigDecimal baselineMonthly,
      @RequestParam(required = false) @Nullable BigDecimal actualMonthly,
      @RequestParam(required = false) @Nullable Duration window) {
    Investment invested = new Investment(investment, years, discountRate);
    Rates rates = null;
    Measured measured;
    if (baselineMonthly == null && actualMonthly == null) {
      RateHistory history = cards.history();
      rates = history.atDefault(clock.instant());
      measured = measured(window, history, rates);
    } else {
      measured = given(baselineMonthly, actualMonthly);
    }
    MonthlyCost monthly = measured.monthly();
    return new RoiAnswer(
        rates == null ? null : rates.currency(),
        invested.amount(),
        invested.discountRate(),
        invested.years(),
        measured.basis(),
        monthly.baseline(),
        monthly.actual(),
        monthly.suite(),
        ReturnOnInvestment.of(invested, monthly),
        measured.services());
  }

  private static Measured given(@Nullable BigDecimal baseline, @Nullable BigDecimal actual) {
    if (baseline == null || actual == null) {
      throw new InvalidFieldException(
          baseline == null ? "baselineMonthly" : "actualMonthly",
          "must be given where the other of baselineMonthly and actualMonthly is",
          null);
    }
    return new Measured(
        new MonthlyCost(baseline, actual, BigDecimal.ZERO),
        new RoiAnswer.Basis("given", null, null, null, null, "monthly figures as given"),
        List.of());
  }

  private Measured measured(@Nullable Duration window, RateHistory history, Rates rates) {
    Instant now = clock.instant();
    Window asked = WindowQuery.of(window, null, null, null, MONTH, now);
    Instant known =
        reports
            .firstKnown()
            .filter(first -> first.isBefore(asked.to().minusMillis(1)))
            .orElseThrow(RoiEndpoint::nothingMeasured);
    Instant from = known.isAfter(asked.from()) ? known : asked.from();
    history.currency("window", from, asked.to(), reports::firstPaid);
    housekeeping.noteUse();
    List<Charge> all = new ArrayList<>();
    CostReport report =
        reports.report(
            new Window(from, asked.to(), null),
            Aggregation.parse("service"),
            List.of(),
            history,
            posting -> all.add(Charge.of(posting, from, asked.to(), null)));
    return scaled(report, rates, WakeCost.of(charges.wakes(from, asked.to(), history), all));
  }

  /** A part of a month stands for a whole one; how long a part is said. */
  private static Measured scaled(CostReport report, Rates rates, List<WakeCost> services) {
    Window window = report.window();
    BigDecimal hours =
        BigDecimal.valueOf(Duration.between(window.from(), window.to()).toMillis())
            .divide(BigDecimal.valueOf(3_600_000), 9, RoundingMode.HALF_EVEN);
    BigDecimal suite = report.suite().cost();
    MonthlyCost monthly =
        new MonthlyCost(
            month(baseline(report), hours, rates),
            month(actual(report), hours, rates),
            month(suite == null ? BigDecimal.ZERO : suite, hours, rates));
    BigDecimal shownHours = hours.setScale(4, RoundingMode.HALF_EVEN);
    return new Measured(
        monthly,
        new RoiAnswer.Basis(
            "measured",
            window.from(),
            window.to(),
            shownHours,
            rates.monthHours(),
            "measured over "
                + shownHours.stripTrailingZeros().toPlainString()
                + " h, brought to a month of "
                + rates.monthHours().toPlainString()
                + " h"),
        services);
  }

  /** What sleeping within a reservation frees is paid all the same. */
  private static BigDecimal baseline(CostReport report) {
    ReservedCost reserved = report.reserved();
    return reserved == null || reserved.baseline() == null
        ? report.total().baseline()
        : reserved.baseline();
  }

  private static BigDecimal actual(CostReport report) {
    ReservedCost reserved = report.reserved();
    return reserved == null || reserved.paid() == null ? report.total().actual() : reserved.paid();
  }

  private static BigDecimal month(BigDecimal measured, BigDecimal hours, Rates rates) {
    return measured.multiply(rates.monthHours()).divide(hours, 6, RoundingMode.HALF_EVEN);
  }

  private static ProblemException nothingMeasured() {
    return ProblemException.conflict(
        "nothing-measured",
        "Nothing measured",
        "No state of any service is known in this window;"
            + " give baselineMonthly and actualMonthly, or come back later.");
  }
}
