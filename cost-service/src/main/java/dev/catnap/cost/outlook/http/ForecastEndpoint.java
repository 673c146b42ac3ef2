package dev.catnap.cost.outlook.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.catnap.cost.outlook.DailySpend;
import dev.catnap.cost.outlook.Forecast;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.events.Check;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What the days from today on will cost, and how good such forecasts were before. */
@Tag(name = "cost")
@RestController
public final class ForecastEndpoint {
  private static final int MOST_DAYS = 366;

  private final Charges charges;
  private final Clock clock;

  public ForecastEndpoint(Charges charges, Clock clock) {
    this.charges = charges;
    this.clock = clock;
  }

  /** A forecast, and what was asked. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Answer(
      String currency,
      LocalDate from,
      LocalDate to,
      double level,
      @JsonUnwrapped Forecast forecast) {}

  @Operation(summary = "Spend of the days to come, with interval and earlier errors")
  @GetMapping("/cost/forecast")
  Answer forecast(
      @RequestParam(defaultValue = "30") int days,
      @RequestParam(defaultValue = "90") int historyDays,
      @RequestParam(defaultValue = "0.8") double level,
      @RequestParam(required = false) @Nullable List<String> service) {
    between("days", days, 1, MOST_DAYS);
    between("historyDays", historyDays, 1, MOST_DAYS);
    if (!(level > 0 && level < 1)) {
      throw new InvalidFieldException("level", "must be above 0 and below 1", level);
    }
    List<String> services = service == null ? List.of() : service;
    services.forEach(name -> Check.serviceName("service", name));
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return new Answer(
        currency(start(today.minusDays(historyDays)), clock.instant()),
        today,
        today.plusDays(days),
        level,
        Forecast.of(history(today, historyDays, services), days, level));
  }

  private String currency(Instant from, Instant now) {
    return charges.rates().currency("historyDays", from, now, () -> charges.firstKnown(List.of()));
  }

  private static void between(String field, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InvalidFieldException(field, "must be " + least + " to " + most, value);
    }
  }

  /** From the first whole day that is known, at most so many days, up to yesterday. */
  private DailySpend history(LocalDate today, int days, List<String> services) {
    LocalDate first = today.minusDays(days);
    LocalDate known =
        charges
            .firstKnown(services)
            .map(at -> LocalDate.ofInstant(at.minusNanos(1), ZoneOffset.UTC).plusDays(1))
            .orElse(today);
    LocalDate begin = known.isAfter(first) ? known : first;
    if (!begin.isBefore(today)) {
      return new DailySpend(today, List.of());
    }
    Map<LocalDate, BigDecimal> reserved = new HashMap<>();
    charges
        .settlement(start(begin), start(today))
        .of(services)
        .addedByDay()
        .forEach((day, more) -> reserved.put(LocalDate.ofInstant(day, ZoneOffset.UTC), more));
    return DailySpend.of(charges.days(start(begin), start(today), services), begin, today)
        .plus(reserved);
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
