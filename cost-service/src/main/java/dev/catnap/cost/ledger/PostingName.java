package dev.catnap.cost.ledger;

import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What postings of a window share that are one sum. */
public record PostingName(
    String service,
    String container,
    String host,
    RunState state,
    Resource resource,
    BigDecimal rate,
    String currency) {
  static PostingName of(Posting posting) {
    return new PostingName(
        posting.service(),
        posting.container(),
        posting.host(),
        posting.state(),
        posting.resource(),
        posting.rate(),
        posting.currency());
  }

  Posting posting(
      Instant at,
      BigDecimal quantity,
      BigDecimal awakeQuantity,
      BigDecimal reservedQuantity,
      BigDecimal usedQuantity,
      BigDecimal micros,
      List<Assumption> assumptions) {
    return new Posting(
        at,
        service,
        container,
        host,
        state,
        resource,
        rate,
        currency,
        null,
        quantity,
        awakeQuantity,
        reservedQuantity,
        usedQuantity,
        micros,
        assumptions);
  }
}
