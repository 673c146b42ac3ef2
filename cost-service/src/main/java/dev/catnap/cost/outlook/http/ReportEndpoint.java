package dev.catnap.cost.outlook.http;

import dev.catnap.cost.ledger.process.CostHousekeeping;
import dev.catnap.cost.outlook.MonthReport;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.Aggregation;
import dev.catnap.cost.report.CostReport;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.http.MonthQuery;
import dev.catnap.cost.report.jdbc.CostReports;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A month for people who pay, as a page or as comma-separated values. */
@Tag(name = "cost")
@RestController
public final class ReportEndpoint {
  private static final MediaType CSV = new MediaType("text", "csv", StandardCharsets.UTF_8);
  private static final MediaType HTML = new MediaType("text", "html", StandardCharsets.UTF_8);

  private final CostReports reports;
  private final RateCards cards;
  private final CostHousekeeping housekeeping;
  private final Clock clock;
  private final String template = template();

  public ReportEndpoint(
      CostReports reports, RateCards cards, CostHousekeeping housekeeping, Clock clock) {
    this.reports = reports;
    this.cards = cards;
    this.housekeeping = housekeeping;
    this.clock = clock;
  }

  @Operation(summary = "A month as a page (format=html) or as CSV (format=csv)")
  @GetMapping(
      value = "/cost/report",
      produces = {"text/html", "text/csv"})
  ResponseEntity<byte[]> report(
      @RequestParam(required = false) @Nullable String month,
      @RequestParam(defaultValue = "html") String format) {
    if (!format.equals("html") && !format.equals("csv")) {
      throw new InvalidFieldException("format", "must be html or csv", format);
    }
    Instant now = clock.instant();
    YearMonth asked = month == null ? MonthQuery.current(now) : MonthQuery.parse(month, now);
    MonthReport report = report(asked, now);
    if (format.equals("csv")) {
      return ResponseEntity.ok()
          .contentType(CSV)
          .header("Content-Disposition", "attachment; filename=\"catnap-cost-" + asked + ".csv\"")
          .body(ReportCsv.write(report).getBytes(StandardCharsets.UTF_8));
    }
    return ResponseEntity.ok()
        .contentType(HTML)
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
        .body(new ReportHtml(report, template).write().getBytes(StandardCharsets.UTF_8));
  }

  private MonthReport report(YearMonth month, Instant now) {
    Instant start = MonthQuery.start(month);
    Instant end = MonthQuery.start(month.plusMonths(1));
    Instant to = end.isBefore(now) ? end : now;
    housekeeping.noteUse();
    RateHistory rates = cards.history();
    CostReport report =
        reports.report(
            new Window(start, to, Duration.ofDays(1)),
            Aggregation.parse("service"),
            List.of(),
            rates);
    return new MonthReport(
        month,
        start,
        to,
        !end.isAfter(now),
        rates.currency("month", start, to, reports::firstPaid),
        now,
        report.total(),
        report.suite(),
        report.reserved(),
        report.items(),
        report.series());
  }

  private static String template() {
    try (InputStream page =
        Objects.requireNonNull(
            ReportEndpoint.class.getResourceAsStream("report.html"), "report.html")) {
      return new String(page.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
