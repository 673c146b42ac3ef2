package dev.catnap.cost.report;

import dev.catnap.cost.commitment.Drawn;
import dev.catnap.cost.commitment.Held;
import dev.catnap.cost.commitment.Settlement;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of reserved capacity over a window. {@code amount} = what services are charged +
 * {@code unused}, as shown.
 *
 * @param amount paid for it, 6 decimals
 * @param unused the part of it for what nobody used, 6 decimals
 * @param exceeding what the services paid beside it for what exceeded it, 6 decimals
 * @param saving what more they would have paid awake all the time: only of what exceeds it, since
 *     it is paid asleep as well; 6 decimals, 0 or more
 * @param services in order of name
 */
public record ReservationCost(
    ReservedCapacity capacity,
    BigDecimal amount,
    BigDecimal unused,
    BigDecimal exceeding,
    BigDecimal saving,
    List<Share> services) {
  /**
   * What a service used of it.
   *
   * @param coreHours covered by the reservation, 6 decimals
   * @param memoryGibHours likewise
   * @param charged its part of the amount, 6 decimals
   * @param exceeding what it paid beside it, 6 decimals
   */
  public record Share(
      String service,
      BigDecimal coreHours,
      BigDecimal memoryGibHours,
      BigDecimal charged,
      BigDecimal exceeding) {}

  public ReservationCost {
    services = List.copyOf(services);
  }

  /** Of each reservation, as they begin; rounded such that the parts shown add up. */
  public static List<ReservationCost> of(Settlement settlement) {
    return settlement.held().stream()
        .map(Held::of)
        .distinct()
        .map(capacity -> of(capacity, settlement))
        .toList();
  }

  private static ReservationCost of(ReservedCapacity capacity, Settlement all) {
    Settlement own =
        new Settlement(
            all.held().stream().filter(held -> held.of().equals(capacity)).toList(),
            all.drawn().stream().filter(drawn -> drawn.from().equals(capacity)).toList());
    SortedMap<String, OfService> services = new TreeMap<>();
    own.drawn()
        .forEach(drawn ->
            services.computeIfAbsent(drawn.use().service(), any -> new OfService()).add(drawn));
    BigDecimal total = Money.round(own.amount());
    List<BigDecimal> exact = new ArrayList<>();
    services.values().forEach(service -> exact.add(service.charged));
    exact.add(own.unused());
    List<BigDecimal> parts = Money.apportion(exact, total);
    List<Share> shares = new ArrayList<>();
    services.forEach((name, sum) -> shares.add(sum.share(name, parts.get(shares.size()))));
    BigDecimal saving =
        services.values().stream()
            .map(sum -> sum.exceedingAwake.subtract(sum.exceeding))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return new ReservationCost(
        capacity,
        total,
        parts.getLast(),
        shares.stream().map(Share::exceeding).reduce(BigDecimal.ZERO, BigDecimal::add),
        Money.round(saving),
        shares);
  }

  /** A service while it is summed. */
  private static final class OfService {
    private BigDecimal cpu = BigDecimal.ZERO;
    private BigDecimal memory = BigDecimal.ZERO;
    private BigDecimal charged = BigDecimal.ZERO;
    private BigDecimal exceeding = BigDecimal.ZERO;
    private BigDecimal exceedingAwake = BigDecimal.ZERO;

    void add(Drawn drawn) {
      if (drawn.use().resource() == Resource.CPU) {
        cpu = cpu.add(drawn.covered());
      } else {
        memory = memory.add(drawn.covered());
      }
      charged = charged.add(drawn.charged());
      exceeding = exceeding.add(drawn.exceeding());
      exceedingAwake = exceedingAwake.add(drawn.exceedingAwake());
    }

    Share share(String name, BigDecimal part) {
      return new Share(
          name,
          units(Resource.CPU, cpu),
          units(Resource.MEMORY, memory),
          part,
          Money.round(exceeding));
    }

    private static BigDecimal units(Resource resource, BigDecimal baseUnits) {
      return baseUnits.divide(resource.baseUnitsPerHour(), Money.DECIMALS, RoundingMode.HALF_EVEN);
    }
  }
}
