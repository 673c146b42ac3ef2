package dev.catnap.cost.outlook;

import dev.catnap.cost.report.CostItem;
import dev.catnap.cost.report.CostPoint;
import dev.catnap.cost.report.CostTotal;
import dev.catnap.cost.report.ReservedCost;
import dev.catnap.cost.report.SuiteCost;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A month for people who pay.
 *
 * @param from first instant that is known and in the month
 * @param to end of the month, or the present while it runs
 * @param complete whether the month is over
 * @param reserved what reserved capacity makes of the total; null where none holds
 * @param items the dearest first
 * @param days one a day of UTC
 */
public record MonthReport(
    YearMonth month,
    Instant from,
    Instant to,
    boolean complete,
    String currency,
    Instant madeAt,
    CostTotal total,
    SuiteCost suite,
    @Nullable ReservedCost reserved,
    List<CostItem> items,
    List<CostPoint> days) {
  public MonthReport {
    items =
        items.stream()
            .sorted(Comparator.comparing(CostItem::actual).reversed().thenComparing(CostItem::name))
            .toList();
    days = List.copyOf(days);
  }

  /** All that was assumed in any item, each once. */
  public List<String> assumptions() {
    TreeSet<String> all = new TreeSet<>();
    items.forEach(item -> all.addAll(item.assumptions()));
    return List.copyOf(all);
  }
}
