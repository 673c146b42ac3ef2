package dev.catnap.cost.pricing.http;

import dev.catnap.cost.pricing.RateFields;
import dev.catnap.cost.pricing.RateVersion;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.kit.http.Page;
import dev.catnap.kit.http.PageQuery;
import dev.catnap.kit.http.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rate cards: what is paid, for whom, and from when on. */
@Tag(name = "cost")
@RestController
@RequestMapping("/cost/rates")
public final class RatesEndpoint {
  private static final String BY = "api";

  private final RateCards cards;

  public RatesEndpoint(RateCards cards) {
    this.cards = cards;
  }

  @Operation(summary = "The rate cards that stand, in the order they were added")
  @GetMapping
  Page<RatesView> list(PageQuery page) {
    return Page.of(cards.all().stream().map(RatesView::of).toList(), RatesView::key, page);
  }

  @Operation(summary = "Every version of every card, or of one, the oldest first")
  @GetMapping("/history")
  Page<RatesView> history(@RequestParam(required = false) @Nullable Long id, PageQuery page) {
    return Page.of(
        cards.versions(id).stream().map(RatesView::of).toList(), RatesView::versionKey, page);
  }

  @Operation(summary = "One rate card")
  @GetMapping("/{id}")
  RatesView one(@PathVariable long id) {
    return shown(cards.find(id), id);
  }

  @Operation(
      summary = "Add a card",
      description =
          "Holds from validFrom to validTo, or until the next of its scope begins. Hours that are"
              + " over keep their price, whatever validFrom says; see POST /cost/reprices.")
  @PostMapping
  ResponseEntity<RatesView> add(@RequestBody RateFields body) {
    RatesView added = RatesView.of(cards.add(body.card(), BY));
    return ResponseEntity.created(URI.create("/cost/rates/" + added.id())).body(added);
  }

  @Operation(
      summary = "Replace a card by a new version of it",
      description = "Hours that are over keep the version they were priced with.")
  @PutMapping("/{id}")
  RatesView replace(@PathVariable long id, @RequestBody RateFields body) {
    return shown(cards.replace(id, body.card(), BY), id);
  }

  @Operation(
      summary = "Remove a card",
      description = "Its versions stay in the history, and hours that are over keep their price.")
  @DeleteMapping("/{id}")
  ResponseEntity<Void> remove(@PathVariable long id) {
    if (!cards.remove(id, BY)) {
      throw none(id);
    }
    return ResponseEntity.noContent().build();
  }

  private static RatesView shown(Optional<RateVersion> card, long id) {
    return card.map(RatesView::of).orElseThrow(() -> none(id));
  }

  private static ProblemException none(long id) {
    return ProblemException.notFound("rate card", Long.toString(id));
  }
}
