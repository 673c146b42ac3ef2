package dev.catnap.cost.pricing;

import java.math.BigDecimal;

/**
 * What is paid for. Quantities are whole numbers of a base unit, so that they add up exactly
 * however a window is split; {@link #baseUnitsPerHour} is what one priced unit is worth in them.
 */
public enum Resource {
  /** Base unit: a billionth of a core for a microsecond. Priced by the core-hour. */
  CPU("Core-Hours", 1_000_000_000L),
  /**
   * Base unit: a byte for a microsecond. Priced by the GiB-hour: memory is sold and measured in
   * powers of 1024, as OpenCost divides it.
   */
  MEMORY("GiB-Hours", 1L << 30),
  /** As {@link #MEMORY}; a month's rate is brought to the hour on the rate card. */
  STORAGE("GiB-Hours", 1L << 30),
  /** Base unit: a byte received, spread over an hour, for a microsecond. Priced by the GiB. */
  NETWORK_IN("GiB", 1L << 30),
  /** As {@link #NETWORK_IN}, sent. */
  NETWORK_OUT("GiB", 1L << 30);

  private static final long MICROS_PER_HOUR = 3_600_000_000L;

  private final String unit;
  private final BigDecimal baseUnitsPerHour;

  Resource(String unit, long basePerUnit) {
    this.unit = unit;
    this.baseUnitsPerHour =
        BigDecimal.valueOf(basePerUnit).multiply(BigDecimal.valueOf(MICROS_PER_HOUR));
  }

  /** Whether it is moved over the network. */
  public boolean isNetwork() {
    return this == NETWORK_IN || this == NETWORK_OUT;
  }

  /** The name of the priced unit, as the FOCUS export writes it. */
  public String unit() {
    return unit;
  }

  public BigDecimal baseUnitsPerHour() {
    return baseUnitsPerHour;
  }
}
