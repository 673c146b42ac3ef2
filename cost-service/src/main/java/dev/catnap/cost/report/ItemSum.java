package dev.catnap.cost.report;

import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Assumption;
import dev.catnap.cost.pricing.Cost;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An item while it is being summed; exact until {@link #item}. */
final class ItemSum {
  private static final int QUANTITY_DECIMALS = 6;

  private final String name;
  private final Cost cost = new Cost();
  private final Hours.Sum hours = new Hours.Sum();
  private final Map<Resource, BigDecimal> quantity = new EnumMap<>(Resource.class);
  private final Map<Resource, BigDecimal> reserved = new EnumMap<>(Resource.class);
  private final Map<Resource, BigDecimal> used = new EnumMap<>(Resource.class);
  private final Set<Assumption> assumptions = EnumSet.noneOf(Assumption.class);

  ItemSum(String name) {
    this.name = name;
  }

  Cost cost() {
    return cost;
  }

  void add(Posting posting) {
    // Each resource has a posting; the time is counted once.
    if (posting.resource() == Resource.CPU) {
      hours.add(posting.state(), posting.micros());
    }
    cost.add(posting.resource(), posting.rate(), posting.quantity(), posting.awakeQuantity());
    quantity.merge(posting.resource(), posting.quantity(), BigDecimal::add);
    reserved.merge(posting.resource(), posting.reservedQuantity(), BigDecimal::add);
    used.merge(posting.resource(), posting.usedQuantity(), BigDecimal::add);
    assumptions.addAll(posting.assumptions());
  }

  /**
   * @param actual of each resource, rounded
   * @param saving of each resource, rounded
   */
  CostItem item(Map<Resource, BigDecimal> actual, Map<Resource, BigDecimal> saving) {
    ResourceCost cpu = resource(Resource.CPU, actual, saving);
    ResourceCost memory = resource(Resource.MEMORY, actual, saving);
    ResourceCost storage = resource(Resource.STORAGE, actual, saving);
    ResourceCost in = network(Resource.NETWORK_IN, actual, saving);
    ResourceCost out = network(Resource.NETWORK_OUT, actual, saving);
    List<ResourceCost> parts =
        Stream.of(cpu, memory, storage, in, out).filter(Objects::nonNull).toList();
    BigDecimal paid = sum(parts, ResourceCost::actual);
    BigDecimal saved = sum(parts, ResourceCost::saving);
    return new CostItem(
        name,
        hours.rounded(),
        paid.add(saved),
        paid,
        saved,
        Ratios.percent(saved, paid.add(saved)),
        Ratios.weighted(
            efficiency(Resource.CPU), cpu.actual(), efficiency(Resource.MEMORY), memory.actual()),
        cpu,
        memory,
        storage,
        in,
        out,
        assumptions.stream().map(Assumption::text).toList(),
        null);
  }

  private static BigDecimal sum(
      List<ResourceCost> parts, Function<ResourceCost, BigDecimal> figure) {
    return parts.stream().map(figure).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Null where nothing was moved that has a price. */
  private @Nullable ResourceCost network(
      Resource resource, Map<Resource, BigDecimal> actual, Map<Resource, BigDecimal> saving) {
    return quantity.containsKey(resource) ? resource(resource, actual, saving) : null;
  }

  private ResourceCost resource(
      Resource resource, Map<Resource, BigDecimal> actual, Map<Resource, BigDecimal> saving) {
    BigDecimal paid = actual.getOrDefault(resource, BigDecimal.ZERO);
    BigDecimal saved = saving.getOrDefault(resource, BigDecimal.ZERO);
    return new ResourceCost(
        resource.unit(),
        units(quantity, resource),
        units(reserved, resource),
        units(used, resource),
        resource == Resource.CPU || resource == Resource.MEMORY ? efficiency(resource) : null,
        paid.add(saved),
        paid,
        saved);
  }

  private BigDecimal efficiency(Resource resource) {
    return Ratios.efficiency(
        used.getOrDefault(resource, BigDecimal.ZERO),
        reserved.getOrDefault(resource, BigDecimal.ZERO));
  }

  private static BigDecimal units(Map<Resource, BigDecimal> sums, Resource resource) {
    return sums.getOrDefault(resource, BigDecimal.ZERO)
        .divide(resource.baseUnitsPerHour(), QUANTITY_DECIMALS, RoundingMode.HALF_EVEN);
  }
}
