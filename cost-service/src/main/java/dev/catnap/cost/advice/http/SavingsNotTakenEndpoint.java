package dev.catnap.cost.advice.http;

import dev.catnap.cost.advice.SavingNotTaken;
import dev.catnap.cost.advice.jdbc.SavingsReader;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.http.WindowQuery;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was not saved and could have been, those worth most first. */
@Tag(name = "cost")
@RestController
public final class SavingsNotTakenEndpoint {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration DAY = Duration.ofDays(1);

  private final SavingsReader savings;
  private final Charges charges;
  private final Clock clock;

  public SavingsNotTakenEndpoint(SavingsReader savings, Charges charges, Clock clock) {
    this.savings = savings;
    this.charges = charges;
    this.clock = clock;
  }

  record Answer(String currency, Instant from, Instant to, List<SavingNotTaken> items) {}

  @Operation(
      summary = "What a shorter idle timeout, stopping, or right-sizing would have been worth")
  @GetMapping("/cost/savings-not-taken")
  Answer savings(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to,
      @RequestParam(required = false) @Nullable List<String> service,
      @RequestParam(defaultValue = "5m") Duration idleShorterBy) {
    Window asked = WindowQuery.of(window, from, to, null, MONTH, clock.instant());
    if (idleShorterBy.compareTo(Duration.ofSeconds(1)) < 0 || idleShorterBy.compareTo(DAY) > 0) {
      throw new InvalidFieldException("idleShorterBy", "must be 1s to 1d", idleShorterBy);
    }
    List<String> services = service == null ? List.of() : service;
    services.forEach(name -> Check.serviceName("service", name));
    RateHistory rates = charges.rates();
    return new Answer(
        rates.currency("from", asked.from(), asked.to(), () -> charges.firstKnown(List.of())),
        asked.from(),
        asked.to(),
        savings.read(
            new SavingsReader.Question(asked.from(), asked.to(), services, rates, idleShorterBy)));
  }
}
