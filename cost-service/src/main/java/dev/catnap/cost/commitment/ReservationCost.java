package dev.catnap.cost.commitment;

import dev.catnap.cost.pricing.ReservedCapacity;
import java.math.BigDecimal;
import java.util.List;

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
}
