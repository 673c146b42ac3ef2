package dev.catnap.cost.focus;

import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charges as rows, whatever the state they came from. What was not used has no row. */
public final class FocusRows {
  private record Key(
      Instant from,
      String service,
      String container,
      String host,
      Resource resource,
      BigDecimal rate,
      String currency,
      YearMonth booked) {}

  /** A charge of the key, and the sum of all of them. */
  private record Sum(Charge any, BigDecimal quantity) {
    Sum plus(Sum other) {
      return new Sum(any, quantity.add(other.quantity));
    }
  }

  private FocusRows() {}

  /** In order of time, service, container and resource. */
  public static List<FocusRow> of(Collection<Charge> charges, FocusAccount account) {
    Map<Key, Sum> sums = new LinkedHashMap<>();
    charges.forEach(charge ->
        sums.merge(
            key(charge), new Sum(charge, charge.quantity()), (one, other) -> one.plus(other)));
    return sums.values().stream()
        .map(sum -> FocusRow.of(account, sum.any(), sum.quantity()))
        .filter(row -> row.quantity().signum() != 0)
        .sorted(
            Comparator.comparing(FocusRow::from)
                .thenComparing(FocusRow::service)
                .thenComparing(FocusRow::container)
                .thenComparing(FocusRow::resource)
                .thenComparing(FocusRow::host)
                .thenComparing(FocusRow::month))
        .toList();
  }

  private static Key key(Charge charge) {
    return new Key(
        charge.from(),
        charge.service(),
        charge.container(),
        charge.host(),
        charge.resource(),
        charge.rate(),
        charge.currency(),
        charge.booked());
  }
}
