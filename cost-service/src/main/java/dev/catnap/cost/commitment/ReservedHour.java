package dev.catnap.cost.commitment;

import dev.catnap.cost.ledger.Booking;
import dev.catnap.cost.ledger.Posting;
import dev.catnap.cost.pricing.Rates;
import dev.catnap.cost.pricing.ReservedCapacity;
import dev.catnap.cost.pricing.Resource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

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
  private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);

  private final ReservedCapacity capacity;
  private final Rates defaults;
  private final Instant at;
  private final BigDecimal micros;
  private final Map<Resource, List<Posting>> uses = new EnumMap<>(Resource.class);

  /** Where sums go. */
  interface Sums {
    void held(Held part);

    void drawn(Drawn part);
  }

  /**
   * @param at begin of the hour or the part of it
   * @param micros its length
   */
  ReservedHour(ReservedCapacity capacity, Rates defaults, Instant at, BigDecimal micros) {
    this.capacity = capacity;
    this.defaults = defaults;
    this.at = at;
    this.micros = micros;
  }

  /** Adds what was used; only CPU and memory can be reserved. */
  void add(Posting use) {
    if (use.resource() == Resource.CPU || use.resource() == Resource.MEMORY) {
      uses.computeIfAbsent(use.resource(), any -> new ArrayList<>()).add(use);
    }
  }

  void settle(Sums sums) {
    BigDecimal amount =
        capacity.amountHour().multiply(micros).divide(MICROS_PER_HOUR, DECIMALS, RoundingMode.DOWN);
    BigDecimal ofCpu = amount.multiply(shareOfCpu()).setScale(DECIMALS, RoundingMode.DOWN);
    settle(Resource.CPU, capacity.cores(), ofCpu, sums);
    settle(Resource.MEMORY, capacity.memoryGib(), amount.subtract(ofCpu), sums);
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
   */
  private void settle(Resource resource, BigDecimal reserved, BigDecimal amount, Sums sums) {
    // Nine decimals of a core are whole billionths; what is less than a byte is cut off.
    BigDecimal units =
        reserved
            .multiply(resource.baseUnitsPerHour())
            .divide(MICROS_PER_HOUR, 0, RoundingMode.DOWN)
            .multiply(micros);
    Held whole =
        new Held(
            capacity,
            resource,
            at.truncatedTo(ChronoUnit.DAYS),
            Booking.monthOf(at),
            defaults.hourly(resource),
            units,
            amount,
            units,
            amount);
    new BookedShares(whole, uses.getOrDefault(resource, List.of())).settle(sums);
  }
}
