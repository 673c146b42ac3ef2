package dev.catnap.cost.pricing;

import dev.catnap.events.Check;
import org.jspecify.annotations.Nullable;

/**
 * Disk that is paid for, in every state alike: the larger of reserved and measured.
 *
 * @param bytes 0 or more
 * @param evidence how the measured part of it is known; {@code NONE}: it is what is reserved
 */
public record Storage(long bytes, Evidence evidence) {
  public Storage {
    Check.atLeast("storageBytes", 0, bytes);
  }

  /** Both null: not known. */
  public static @Nullable Storage of(@Nullable Long reserved, @Nullable Storage measured) {
    if (measured == null) {
      return reserved == null ? null : new Storage(reserved, Evidence.NONE);
    }
    return reserved == null || reserved <= measured.bytes()
        ? measured
        : new Storage(reserved, measured.evidence());
  }
}
