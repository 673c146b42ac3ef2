package dev.catnap.actuator.sampling;

import java.time.Instant;
import java.util.Map;

/**
 * One look at the disk that all containers hold.
 *
 * @param number rises with each look; 0: there was none yet
 * @param at when it was taken
 * @param bytes by container; one that is not in it was not measured
 */
public record StorageMeasure(long number, Instant at, Map<String, Long> bytes) {
  public static final StorageMeasure NONE = new StorageMeasure(0, Instant.EPOCH, Map.of());

  public StorageMeasure {
    bytes = Map.copyOf(bytes);
  }

  public StorageMeasure next(Instant time, Map<String, Long> measured) {
    return new StorageMeasure(number + 1, time, measured);
  }
}
