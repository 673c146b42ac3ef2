package dev.catnap.cost.report.http;

import dev.catnap.cost.ledger.process.CostHousekeeping;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.http.RatesView;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.report.Aggregation;
import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.CostPoint;
import dev.catnap.cost.report.CostReport;
import dev.catnap.cost.report.HostCapacity;
import dev.catnap.cost.report.IdleReport;
import dev.catnap.cost.report.Sharing;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.jdbc.CostReports;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What services cost, would have cost always on, and saved. */
@Tag(name = "cost")
@RestController
public final class CostEndpoint {
  private static final Duration DAY = Duration.ofDays(1);

  private final CostReports reports;
  private final RateCards cards;
  private final CostHousekeeping housekeeping;
  private final List<HostCapacity> hosts;
  private final Clock clock;

  /**
   * @param hosts whose capacity is known
   */
  public CostEndpoint(
      CostReports reports,
      RateCards cards,
      CostHousekeeping housekeeping,
      Collection<HostCapacity> hosts,
      Clock clock) {
    this.reports = reports;
    this.cards = cards;
    this.housekeeping = housekeeping;
    this.hosts = List.copyOf(hosts);
    this.clock = clock;
  }

  @Operation(summary = "Actual cost, always-on baseline and saving over a window")
  @GetMapping("/metrics/cost")
  CostAnswer cost(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable Duration step,
      @RequestParam(required = false) @Nullable List<String> service,
      @RequestParam(defaultValue = "service") String aggregate,
      @RequestParam(defaultValue = "false") boolean accumulate,
      @RequestParam(defaultValue = "false") boolean includeIdle,
      @RequestParam(defaultValue = "none") String shareIdle,
      PageQuery page) {
    Window asked = WindowQuery.of(window, from, to, step, DAY, clock.instant());
    Aggregation aggregation = Aggregation.parse(aggregate);
    List<String> services = service == null ? List.of() : service;
    services.forEach(name -> Check.serviceName("service", name));
    Sharing sharing = sharing(includeIdle, shareIdle, services);
    housekeeping.noteUse();
    RateHistory rates = cards.history();
    String currency = rates.currency("from", asked.from(), asked.to(), reports::firstPaid);
    CostReport report = reports.report(asked, aggregation, services, rates);
    List<CostPoint> series = accumulate ? CostPoint.accumulate(report.series()) : report.series();
    IdleReport idle = includeIdle ? report.idle(hosts, sharing) : null;
    return answer(
        report,
        aggregation,
        rates,
        currency,
        Page.of(report.items(), CostItem::name, page),
        series,
        idle);
  }

  /** A host has idle of its own only beside everything that runs on it. */
  private static Sharing sharing(boolean includeIdle, String text, List<String> services) {
    Sharing sharing = Sharing.parse(text);
    if (includeIdle && !services.isEmpty()) {
      throw new InvalidFieldException(
          "includeIdle", "must be false where only some services are asked for", true);
    }
    if (!includeIdle && sharing != Sharing.NONE) {
      throw new InvalidFieldException("shareIdle", "must be none where includeIdle is false", text);
    }
    return sharing;
  }

  private static CostAnswer answer(
      CostReport report,
      Aggregation aggregation,
      RateHistory rates,
      String currency,
      Page<CostItem> page,
      List<CostPoint> series,
      @Nullable IdleReport idle) {
    Window window = report.window();
    List<RateVersion> held = rates.within(window.from(), window.to());
    return new CostAnswer(
        window.from(),
        window.to(),
        currency,
        aggregation.toString(),
        held.stream().map(RatesView::of).toList(),
        page.items(),
        page.nextCursor(),
        report.total(),
        report.suite(),
        window.step() == null ? null : series,
        report.reserved(),
        idle);
  }
}
