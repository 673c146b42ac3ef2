package dev.catnap.cost.reprice.http;

import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.Reprice;
import dev.catnap.cost.pricing.RepriceEffect;
import dev.catnap.cost.pricing.RepriceEffect.Sum;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.cost.pricing.jpa.Reprices;
import dev.catnap.cost.report.Charge;
import dev.catnap.cost.report.Money;
import dev.catnap.cost.report.jdbc.Charges;
import dev.catnap.events.Check;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Prices the past anew, when asked and only then. */
@Tag(name = "cost")
@RestController
@RequestMapping("/cost/reprices")
public final class RepricesEndpoint {
  private final RateCards cards;
  private final Reprices reprices;
  private final Charges charges;
  private final Clock clock;

  public RepricesEndpoint(RateCards cards, Reprices reprices, Charges charges, Clock clock) {
    this.cards = cards;
    this.reprices = reprices;
    this.charges = charges;
    this.clock = clock;
  }

  /**
   * What is asked.
   *
   * @param from required, inclusive
   * @param to required, exclusive, not in the future
   * @param reason required, for those who audit
   */
  record Body(@Nullable Instant from, @Nullable Instant to, @Nullable String reason) {
    Reprice askedAt(Instant now) {
      return new Reprice(
          now,
          Check.present("from", from).truncatedTo(ChronoUnit.MICROS),
          Check.present("to", to).truncatedTo(ChronoUnit.MICROS),
          Check.text("reason", reason));
    }
  }

  @Operation(
      summary = "The reprices that were asked, with the difference each made, the oldest first")
  @GetMapping
  Page<RepriceView> list(PageQuery page) {
    return Page.of(
        reprices.all().stream().map(row -> RepriceView.of(row.id(), row.effect())).toList(),
        RepriceView::key,
        page);
  }

  @Operation(
      summary = "Price a past time anew",
      description =
          "From from to to the rate cards as known now hold, in place of those known when each hour"
              + " ended. With dryRun=true it says what difference that would make.")
  @PostMapping
  ResponseEntity<RepriceView> ask(
      @RequestBody Body body, @RequestParam(defaultValue = "false") boolean dryRun) {
    Reprice asked = body.askedAt(clock.instant().truncatedTo(ChronoUnit.MICROS));
    RateHistory after = cards.history(asked);
    RepriceEffect effect =
        new RepriceEffect(
            asked,
            sum(asked, cards.history(), charges.totals(asked.from(), asked.to(), List.of())),
            sum(asked, after, charges.priced(asked.from(), asked.to(), List.of(), after)));
    if (dryRun) {
      return ResponseEntity.ok(RepriceView.of(null, effect));
    }
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(RepriceView.of(reprices.add(effect).id(), effect));
  }

  /** Null where it is of two currencies. */
  private static @Nullable Sum sum(Reprice asked, RateHistory rates, List<Charge> all) {
    List<String> currencies = all.stream().map(Charge::currency).distinct().toList();
    if (currencies.size() > 1) {
      return null;
    }
    String currency =
        currencies.isEmpty() ? rates.atDefault(asked.from()).currency() : currencies.getFirst();
    return new Sum(currency, sum(all, Charge::actual), sum(all, Charge::baseline));
  }

  private static BigDecimal sum(List<Charge> charges, Function<Charge, BigDecimal> amount) {
    return Money.round(charges.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add));
  }
}
