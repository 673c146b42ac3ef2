package dev.catnap.cost.report;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Settlement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What reservations make of a report, while it is summed; exact until it is shown. */
final class ReservedSums {
  private final @Nullable BigDecimal unused;
  private final Map<String, Sum> items = new HashMap<>();

  private static final class Sum {
    private BigDecimal covered = BigDecimal.ZERO;
    private BigDecimal charged = BigDecimal.ZERO;
    private BigDecimal saving = BigDecimal.ZERO;

    void add(Drawn drawn) {
      covered = covered.add(drawn.coveredAtCard());
      charged = charged.add(drawn.charged());
      saving = saving.add(drawn.coveredAwakeAtCard().subtract(drawn.coveredAtCard()));
    }
  }

  /**
   * @param part whether only some services are asked for; what nobody used is not theirs
   */
  ReservedSums(Settlement settlement, boolean part) {
    unused = part ? null : settlement.unused();
  }

  void add(String item, Drawn drawn) {
    items.computeIfAbsent(item, any -> new Sum()).add(drawn);
  }

  /** As it is shown beside the figures at cards. */
  record Shown(ReservedCost cost, Map<String, ReservedPart> items) {}

  /**
   * @param actual of each item as shown, in order of name
   */
  Shown shown(CostTotal total, SequencedMap<String, BigDecimal> actual) {
    List<BigDecimal> exact = exact(actual, sum -> sum.covered);
    BigDecimal covered = Money.round(sum(exact)).min(total.actual());
    List<BigDecimal> ofItems = Money.apportion(exact, covered, List.copyOf(actual.values()));
    List<BigDecimal> charges = exact(actual, sum -> sum.charged);
    // The total is split first, so that it is the same whatever it is summed by.
    List<BigDecimal> split = split(sum(charges));
    List<BigDecimal> charged = Money.apportion(charges, split.getFirst());
    Map<String, ReservedPart> parts = new HashMap<>();
    int i = 0;
    for (var item : actual.entrySet()) {
      BigDecimal paid = item.getValue().subtract(ofItems.get(i)).add(charged.get(i));
      parts.put(item.getKey(), new ReservedPart(ofItems.get(i), charged.get(i), paid));
      i++;
    }
    return new Shown(cost(total, covered, split), parts);
  }

  /** What is charged to services, and what nobody used. */
  private List<BigDecimal> split(BigDecimal charged) {
    BigDecimal left = unused == null ? BigDecimal.ZERO : unused;
    return Money.apportion(List.of(charged, left), Money.round(charged.add(left)));
  }

  private ReservedCost cost(CostTotal total, BigDecimal covered, List<BigDecimal> split) {
    BigDecimal paid = total.actual().subtract(covered).add(sum(split));
    BigDecimal withinReserved =
        items.values().stream().map(sum -> sum.saving).reduce(BigDecimal.ZERO, BigDecimal::add);
    BigDecimal saved =
        total.savingBeforeSuite().subtract(Money.round(withinReserved)).max(BigDecimal.ZERO);
    return new ReservedCost(
        covered,
        split.getFirst(),
        unused == null ? null : split.getLast(),
        paid,
        paid.add(saved),
        saved,
        total.suite() == null ? null : saved.subtract(total.suite()),
        null);
  }

  private List<BigDecimal> exact(
      SequencedMap<String, BigDecimal> names, Function<Sum, BigDecimal> figure) {
    List<BigDecimal> exact = new ArrayList<>();
    names
        .keySet()
        .forEach(name -> {
          Sum sum = items.get(name);
          exact.add(sum == null ? BigDecimal.ZERO : figure.apply(sum));
        });
    return exact;
  }

  private static BigDecimal sum(List<BigDecimal> parts) {
    return parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
