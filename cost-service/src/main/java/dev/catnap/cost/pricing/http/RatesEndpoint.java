package dev.catnap.cost.pricing.http;

import dev.catnap.cost.pricing.jpa.RateCard;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rate cards: what a core, a GiB of memory and a GiB of storage cost, and from when on. */
@Tag(name = "cost")
@RestController
@RequestMapping("/cost/rates")
public final class RatesEndpoint {
  private final RateCards cards;

  public RatesEndpoint(RateCards cards) {
    this.cards = cards;
  }

  @Operation(summary = "All rate cards, in the order they were added")
  @GetMapping
  Page<RatesView> list(PageQuery page) {
    return Page.of(cards.all().stream().map(RatesView::of).toList(), RatesView::key, page);
  }

  @Operation(summary = "One rate card")
  @GetMapping("/{id}")
  RatesView one(@PathVariable long id) {
    return shown(cards.find(id), id);
  }

  @Operation(summary = "Add a card that holds from validFrom until the next one begins")
  @PostMapping
  ResponseEntity<RatesView> add(@RequestBody RatesBody body) {
    RatesView added = RatesView.of(cards.add(body.rates()));
    return ResponseEntity.created(URI.create("/cost/rates/" + added.id())).body(added);
  }

  @Operation(summary = "Replace a card; what it held for is priced anew")
  @PutMapping("/{id}")
  RatesView replace(@PathVariable long id, @RequestBody RatesBody body) {
    return shown(cards.replace(id, body.rates()), id);
  }

  private static RatesView shown(Optional<RateCard> card, long id) {
    return card.map(RatesView::of)
        .orElseThrow(() -> ProblemException.notFound("rate card", Long.toString(id)));
  }
}
