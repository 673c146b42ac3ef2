package dev.catnap.cost.focus;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Held;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.focus.FocusCommitment.Kind;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Purchase;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Charge;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Charges as rows, whatever the state they came from. What a reservation covered of them are rows
 * of their own, and so is what it cost and what of it was not used; but what was not used of
 * anything else has no row.
 */
public final class FocusRows {
  private static final Comparator<FocusRow> ORDER =
      Comparator.comparing(FocusRow::from)
          .thenComparing(FocusRow::service, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(FocusRow::resourceId)
          .thenComparing(FocusRow::resource)
          .thenComparing(FocusRow::month)
          .thenComparing(FocusRow::description)
          // Of a day on which the rate changed.
          .thenComparing(FocusRow::unitPrice)
          .thenComparing(FocusRow::currency);

  private final FocusAccount account;
  private final Map<Key, Sum> sums = new LinkedHashMap<>();
  private final Map<Key, Map<ReservedCapacity, Covered>> covered = new HashMap<>();

  private record Key(
      Instant day,
      String service,
      String container,
      String host,
      Resource resource,
      BigDecimal rate,
      String currency,
      @Nullable YearMonth booked) {}

  /** A charge of the key, one at a spot rate if there is any, and the sum of all of them. */
  private record Sum(Charge any, BigDecimal quantity) {
    Sum plus(Sum other) {
      return new Sum(
          other.any.purchase() == Purchase.SPOT ? other.any : any, quantity.add(other.quantity));
    }
  }

  private record Covered(BigDecimal quantity, BigDecimal charged) {
    Covered plus(Covered other) {
      return new Covered(quantity.add(other.quantity), charged.add(other.charged));
    }
  }

  private FocusRows(FocusAccount account) {
    this.account = account;
  }

  /**
   * In order of time, service, container and resource.
   *
   * @param settlement what reservations make of the charges
   */
  public static List<FocusRow> of(
      Collection<Charge> charges, Settlement settlement, FocusAccount account) {
    FocusRows rows = new FocusRows(account);
    charges.forEach(rows::add);
    settlement.drawn().forEach(rows::add);
    List<FocusRow> all = new ArrayList<>();
    rows.sums.forEach((key, sum) -> rows.write(key, sum, all));
    settlement.held().forEach(held -> rows.write(held, all));
    return all.stream().filter(FocusRow::isSomething).sorted(ORDER).toList();
  }

  private void add(Charge charge) {
    sums.merge(
        new Key(
            charge.from().truncatedTo(ChronoUnit.DAYS),
            charge.service(),
            charge.container(),
            charge.host(),
            charge.resource(),
            charge.rate(),
            charge.currency(),
            charge.booked()),
        new Sum(charge, charge.quantity()),
        (one, other) -> one.plus(other));
  }

  private void add(Drawn drawn) {
    Posting use = drawn.use();
    covered
        .computeIfAbsent(
            new Key(
                use.at(),
                use.service(),
                use.container(),
                use.host(),
                use.resource(),
                use.rate(),
                use.currency(),
                use.booked()),
            any -> new LinkedHashMap<>())
        .merge(
            drawn.from(),
            new Covered(drawn.covered(), drawn.charged()),
            (one, other) -> one.plus(other));
  }

  private void write(Key key, Sum sum, List<FocusRow> into) {
    BigDecimal left = sum.quantity();
    for (var one : covered.getOrDefault(key, Map.of()).entrySet()) {
      Covered part = one.getValue();
      into.add(
          FocusRow.of(
              account,
              sum.any(),
              part.quantity(),
              FocusCommitment.of(
                  one.getKey(), key.resource(), Kind.USED, BigDecimal.ZERO, part.charged())));
      left = left.subtract(part.quantity());
    }
    into.add(FocusRow.of(account, sum.any(), left, null));
  }

  private void write(Held held, List<FocusRow> into) {
    into.add(
        FocusRow.of(
            account,
            held,
            held.units(),
            FocusCommitment.of(
                held.of(), held.resource(), Kind.PURCHASE, held.amount(), BigDecimal.ZERO)));
    into.add(
        FocusRow.of(
            account,
            held,
            held.unusedUnits(),
            FocusCommitment.of(
                held.of(), held.resource(), Kind.UNUSED, BigDecimal.ZERO, held.unused())));
  }
}
