package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * So much CPU and memory at a time.
 *
 * @param nanoCores billionths of a core, 0 or more
 * @param bytes of memory, 0 or more
 */
public record Level(long nanoCores, long bytes) {
  public static final Level NOTHING = new Level(0, 0);

  private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);

  public Level {
    Check.atLeast("nanoCores", 0, nanoCores);
    Check.atLeast("bytes", 0, bytes);
  }

  /** The larger of both for each resource. */
  public Level max(Level other) {
    return new Level(Math.max(nanoCores, other.nanoCores), Math.max(bytes, other.bytes));
  }

  /** Cores as billionths, rounded half even; at most what a long can hold. */
  public static long nanoCores(double cores) {
    BigDecimal nanos =
        BigDecimal.valueOf(cores).multiply(NANOS).setScale(0, RoundingMode.HALF_EVEN);
    return nanos.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }
}
