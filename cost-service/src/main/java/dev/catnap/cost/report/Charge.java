package dev.catnap.cost.report;

import dev.catnap.cost.pricing.Resource;
import dev.catnap.events.RunState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one resource of one container in one state came to within one day of UTC.
 *
 * @param from inclusive
 * @param to exclusive; never in another day than {@code from}
 * @param quantity in base units of the resource, a whole number, 0 or more
 * @param awakeQuantity the same had it been awake all the time; never less
 * @param micros how long the container was in that state, in microseconds
 * @param rate a priced unit of the resource for an hour
 * @param group of the newest definition; null where it has none
 * @param labels of the newest definition
 */
public record Charge(
    Instant from,
    Instant to,
    String service,
    String container,
    String host,
    RunState state,
    Resource resource,
    BigDecimal quantity,
    BigDecimal awakeQuantity,
    BigDecimal micros,
    BigDecimal rate,
    String currency,
    @Nullable String group,
    Map<String, String> labels) {
  private static final int DECIMALS = 18;

  public Charge {
    labels = Map.copyOf(labels);
  }

  /** What was paid, cut off after 18 decimals. */
  public BigDecimal actual() {
    return money(quantity);
  }

  /** What more it would have cost awake, 0 or more. */
  public BigDecimal saving() {
    return money(awakeQuantity.subtract(quantity));
  }

  /** Actual and saving. */
  public BigDecimal baseline() {
    return actual().add(saving());
  }

  private BigDecimal money(BigDecimal baseUnits) {
    return baseUnits
        .multiply(rate)
        .divide(resource.baseUnitsPerHour(), DECIMALS, RoundingMode.DOWN);
  }
}
