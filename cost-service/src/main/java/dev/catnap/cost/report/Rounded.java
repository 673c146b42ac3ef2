package dev.catnap.cost.report;

import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Exact sums as money to show: the total is rounded first, then shared out to the resources, then
 * that of each resource to the items. So items add up to the total down and across, and the total
 * is the same whatever it is summed by.
 */
final class Rounded {
  private final BigDecimal total;
  private final List<Map<Resource, BigDecimal>> items = new ArrayList<>();

  /**
   * @param part {@link Cost#actual(Resource)} or {@link Cost#saving(Resource)}
   * @param sum of all {@code items}
   */
  Rounded(List<Cost> items, Cost sum, BiFunction<Cost, Resource, BigDecimal> part) {
    List<Resource> resources = Arrays.asList(Resource.values());
    List<BigDecimal> exact = resources.stream().map(resource -> part.apply(sum, resource)).toList();
    total = Money.round(exact.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    List<BigDecimal> ofResources = Money.apportion(exact, total);
    items.forEach(item -> this.items.add(new EnumMap<>(Resource.class)));
    for (int r = 0; r < resources.size(); r++) {
      Resource resource = resources.get(r);
      List<BigDecimal> ofItems =
          Money.apportion(
              items.stream().map(item -> part.apply(item, resource)).toList(), ofResources.get(r));
      for (int i = 0; i < ofItems.size(); i++) {
        this.items.get(i).put(resource, ofItems.get(i));
      }
    }
  }

  BigDecimal total() {
    return total;
  }

  Map<Resource, BigDecimal> item(int index) {
    return items.get(index);
  }
}
