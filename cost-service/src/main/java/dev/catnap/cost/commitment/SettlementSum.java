package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hours of reservations while they are summed by day. */
final class SettlementSum implements ReservedHour.Sums {
  private final Map<HeldKey, Held> held = new LinkedHashMap<>();
  private final Map<DrawnKey, Drawn> drawn = new LinkedHashMap<>();

  private record HeldKey(
      ReservedCapacity of, Resource resource, Instant day, YearMonth booked, BigDecimal listRate) {}

  private record DrawnKey(
      ReservedCapacity from,
      Instant day,
      String service,
      String container,
      String host,
      RunState state,
      Resource resource,
      BigDecimal rate,
      @Nullable YearMonth booked) {}

  @Override
  public void held(Held part) {
    held.merge(
        new HeldKey(part.of(), part.resource(), part.day(), part.booked(), part.listRate()),
        part,
        (one, other) -> one.plus(other));
  }

  @Override
  public void drawn(Drawn part) {
    Posting use = part.use();
    drawn.merge(
        new DrawnKey(
            part.from(),
            use.at(),
            use.service(),
            use.container(),
            use.host(),
            use.state(),
            use.resource(),
            use.rate(),
            use.booked()),
        part,
        (one, other) -> one.plus(other));
  }

  Settlement settlement() {
    return new Settlement(List.copyOf(held.values()), List.copyOf(drawn.values()));
  }
}
