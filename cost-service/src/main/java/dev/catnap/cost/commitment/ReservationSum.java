package dev.catnap.cost.commitment;

import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import dev.catnap.cost.report.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Hours of a reservation while they are being summed. */
final class ReservationSum implements ReservedHour.Sums {
  private final ReservedCapacity capacity;
  private final SortedMap<String, OfService> services = new TreeMap<>();
  private BigDecimal amount = BigDecimal.ZERO;
  private BigDecimal unused = BigDecimal.ZERO;

  private static final class OfService {
    private BigDecimal cpu = BigDecimal.ZERO;
    private BigDecimal memory = BigDecimal.ZERO;
    private BigDecimal charged = BigDecimal.ZERO;
    private BigDecimal exceeding = BigDecimal.ZERO;
    private BigDecimal exceedingAwake = BigDecimal.ZERO;
  }

  ReservationSum(ReservedCapacity capacity) {
    this.capacity = capacity;
  }

  @Override
  public void covered(String service, Resource resource, BigDecimal quantity, BigDecimal charged) {
    OfService sum = of(service);
    if (resource == Resource.CPU) {
      sum.cpu = sum.cpu.add(quantity);
    } else {
      sum.memory = sum.memory.add(quantity);
    }
    sum.charged = sum.charged.add(charged);
  }

  @Override
  public void exceeding(String service, BigDecimal actual, BigDecimal awake) {
    OfService sum = of(service);
    sum.exceeding = sum.exceeding.add(actual);
    sum.exceedingAwake = sum.exceedingAwake.add(awake);
  }

  @Override
  public void paid(BigDecimal all, BigDecimal forNothing) {
    amount = amount.add(all);
    unused = unused.add(forNothing);
  }

  private OfService of(String service) {
    return services.computeIfAbsent(service, any -> new OfService());
  }

  /** Rounded such that the parts shown add up. */
  ReservationCost shown() {
    BigDecimal total = Money.round(amount);
    List<BigDecimal> exact = new ArrayList<>();
    services.values().forEach(service -> exact.add(service.charged));
    exact.add(unused);
    List<BigDecimal> parts = Money.apportion(exact, total);
    List<ReservationCost.Share> shares = new ArrayList<>();
    BigDecimal exceeding = BigDecimal.ZERO;
    BigDecimal awake = BigDecimal.ZERO;
    for (var entry : services.entrySet()) {
      OfService sum = entry.getValue();
      shares.add(
          new ReservationCost.Share(
              entry.getKey(),
              units(Resource.CPU, sum.cpu),
              units(Resource.MEMORY, sum.memory),
              parts.get(shares.size()),
              Money.round(sum.exceeding)));
      exceeding = exceeding.add(Money.round(sum.exceeding));
      awake = awake.add(sum.exceedingAwake.subtract(sum.exceeding));
    }
    return new ReservationCost(
        capacity, total, parts.getLast(), exceeding, Money.round(awake), shares);
  }

  private static BigDecimal units(Resource resource, BigDecimal baseUnits) {
    return baseUnits.divide(resource.baseUnitsPerHour(), Money.DECIMALS, RoundingMode.HALF_EVEN);
  }
}
