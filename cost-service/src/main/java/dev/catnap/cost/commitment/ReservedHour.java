package dev.catnap.cost.commitment;

import dev.catnap.cost.pricing.CostLine;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Reserved capacity within one hour, or a part of one in which no rate changes.
 *
 * <p>What services use of a resource is covered up to what is reserved of it for the hour; where
 * they use more, each by the same share of its use. What is covered is charged at amount /
 * capacity, what exceeds it at the card that the service has otherwise, and the rest of the amount
 * is unused.
 *
 * <p>The amount is split between CPU and memory in the ratio of what the capacity would cost by the
 * default card; all of it falls to CPU where that is nothing, unless no core is reserved.
 */
final class ReservedHour {
  private static final int DECIMALS = 18;

  private final ReservedCapacity capacity;
  private final Rates defaults;
  private final BigDecimal micros;
  private final Map<Resource, SequencedMap<Key, Demand>> demands = new LinkedHashMap<>();

  private record Key(String service, BigDecimal rate) {}

  private record Demand(BigDecimal quantity, BigDecimal awakeQuantity) {
    Demand plus(Demand other) {
      return new Demand(quantity.add(other.quantity), awakeQuantity.add(other.awakeQuantity));
    }
  }

  /** Where sums go. */
  interface Sums {
    void covered(String service, Resource resource, BigDecimal quantity, BigDecimal charged);

    /** Both money, of all of a service's use that is not covered; the latter had it been awake. */
    void exceeding(String service, BigDecimal actual, BigDecimal awake);

    void paid(BigDecimal amount, BigDecimal unused);
  }

  /**
   * @param micros length of the hour or the part of it
   */
  ReservedHour(ReservedCapacity capacity, Rates defaults, BigDecimal micros) {
    this.capacity = capacity;
    this.defaults = defaults;
    this.micros = micros;
  }

  /** Adds what a service used; only CPU and memory can be reserved. */
  void add(String service, CostLine line) {
    if (line.resource() == Resource.CPU || line.resource() == Resource.MEMORY) {
      demands
          .computeIfAbsent(line.resource(), any -> new LinkedHashMap<>())
          .merge(
              new Key(service, line.rate()),
              new Demand(line.quantity(), line.awakeQuantity()),
              Demand::plus);
    }
  }

  void settle(Sums sums) {
    BigDecimal amount =
        capacity
            .amountHour()
            .multiply(micros)
            .divide(BigDecimal.valueOf(3_600_000_000L), DECIMALS, RoundingMode.DOWN);
    BigDecimal ofCpu = amount.multiply(shareOfCpu()).setScale(DECIMALS, RoundingMode.DOWN);
    BigDecimal charged =
        settle(Resource.CPU, capacity.cores(), ofCpu, sums)
            .add(settle(Resource.MEMORY, capacity.memoryGib(), amount.subtract(ofCpu), sums));
    sums.paid(amount, amount.subtract(charged));
  }

  private BigDecimal shareOfCpu() {
    BigDecimal cpu = capacity.cores().multiply(defaults.cpuHour());
    BigDecimal memory = capacity.memoryGib().multiply(defaults.memoryGibHour());
    BigDecimal both = cpu.add(memory);
    if (both.signum() == 0) {
      return capacity.cores().signum() == 0 ? BigDecimal.ZERO : BigDecimal.ONE;
    }
    return cpu.divide(both, DECIMALS, RoundingMode.DOWN);
  }

  /**
   * @param amount for all that is reserved of the resource
   * @return what of it is charged to services
   */
  private BigDecimal settle(Resource resource, BigDecimal reserved, BigDecimal amount, Sums sums) {
    SequencedMap<Key, Demand> wanted = demands.getOrDefault(resource, new LinkedHashMap<>());
    // Nine decimals of a core are whole billionths; what is less than a byte is cut off.
    BigDecimal units =
        reserved
            .multiply(resource.baseUnitsPerHour())
            .divide(BigDecimal.valueOf(3_600_000_000L), 0, RoundingMode.DOWN)
            .multiply(micros);
    List<BigDecimal> covered =
        Coverage.cover(wanted.values().stream().map(Demand::quantity).toList(), units);
    List<BigDecimal> coveredAwake =
        Coverage.cover(wanted.values().stream().map(Demand::awakeQuantity).toList(), units);
    BigDecimal charged = BigDecimal.ZERO;
    int i = 0;
    for (Map.Entry<Key, Demand> one : wanted.entrySet()) {
      BigDecimal part =
          units.signum() == 0
              ? BigDecimal.ZERO
              : amount.multiply(covered.get(i)).divide(units, DECIMALS, RoundingMode.DOWN);
      Key key = one.getKey();
      sums.covered(key.service(), resource, covered.get(i), part);
      sums.exceeding(
          key.service(),
          money(resource, key.rate(), one.getValue().quantity().subtract(covered.get(i))),
          money(
              resource, key.rate(), one.getValue().awakeQuantity().subtract(coveredAwake.get(i))));
      charged = charged.add(part);
      i++;
    }
    return charged;
  }

  private static BigDecimal money(Resource resource, BigDecimal rate, BigDecimal baseUnits) {
    return baseUnits
        .multiply(rate)
        .divide(resource.baseUnitsPerHour(), DECIMALS, RoundingMode.DOWN);
  }
}
