package dev.catnap.cost.report.http;

import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.RateScope;
import dev.catnap.cost.report.ReservationCost;
import dev.catnap.cost.report.Window;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.events.InvalidFieldException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What became of reserved capacity. */
@Tag(name = "cost")
@RestController
public final class ReservationsEndpoint {
  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(400);

  private final Charges charges;
  private final Clock clock;

  public ReservationsEndpoint(Charges charges, Clock clock) {
    this.charges = charges;
    this.clock = clock;
  }

  record Answer(String currency, Instant from, Instant to, List<Item> items) {}

  /**
   * Money in units of {@code currency}, 6 decimals; amount = charged to services + unused.
   *
   * @param host absent: any
   * @param label absent: any
   * @param validTo absent: open
   */
  record Item(
      @Nullable String host,
      @Nullable String label,
      Instant validFrom,
      @Nullable Instant validTo,
      BigDecimal cores,
      BigDecimal memoryGib,
      BigDecimal amountHour,
      BigDecimal amount,
      BigDecimal unused,
      BigDecimal exceeding,
      BigDecimal saving,
      List<ReservationCost.Share> services) {
    static Item of(ReservationCost cost) {
      RateScope scope = cost.capacity().scope();
      return new Item(
          scope.kind() == RateScope.Kind.HOST ? scope.value() : null,
          scope.kind() == RateScope.Kind.LABEL ? scope.value() : null,
          cost.capacity().validFrom(),
          cost.capacity().validTo(),
          cost.capacity().cores(),
          cost.capacity().memoryGib(),
          cost.capacity().amountHour(),
          cost.amount(),
          cost.unused(),
          cost.exceeding(),
          cost.saving(),
          cost.services());
    }
  }

  @Operation(
      summary = "Who used reserved capacity, who exceeded it, and what of it nobody used",
      description =
          "Settled hour by hour. /metrics/cost says in 'reserved' what all of them come to.")
  @GetMapping("/cost/reservations")
  Answer reservations(
      @RequestParam(required = false) @Nullable Duration window,
      @RequestParam(required = false) @Nullable Instant from,
      @RequestParam(required = false) @Nullable Instant to) {
    Window asked = WindowQuery.of(window, from, to, null, MONTH, clock.instant());
    if (Duration.between(asked.from(), asked.to()).compareTo(LONGEST) > 0) {
      throw new InvalidFieldException("from", "must be at most 400d before to", asked.from());
    }
    RateHistory rates = charges.rates();
    return new Answer(
        rates.currency("from", asked.from(), asked.to(), () -> charges.firstKnown(List.of())),
        asked.from(),
        asked.to(),
        ReservationCost.of(charges.settlement(asked.from(), asked.to())).stream()
            .map(Item::of)
            .toList());
  }
}
