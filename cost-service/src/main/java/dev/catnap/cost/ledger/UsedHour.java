package dev.catnap.cost.ledger;

import java.math.BigInteger;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a container used in one hour while awake or while asleep, as sums that can be added.
 *
 * @param asleep true: while {@code SLEEPING}; false: in every other state
 * @param nanoCoreMicros billionths of a core times microseconds
 * @param cpuMicros how long CPU was measured
 * @param byteMicros bytes times microseconds
 * @param memoryMicros how long memory was measured
 * @param nanoCoreLimit limit of the container, null where it has none
 * @param byteLimit likewise
 * @param moved over the network
 * @param hours how many measured hours up to this one it is the sum of; nobody asks for one of them
 *     alone
 */
public record UsedHour(
    Instant hour,
    boolean asleep,
    BigInteger nanoCoreMicros,
    long cpuMicros,
    BigInteger byteMicros,
    long memoryMicros,
    @Nullable Long nanoCoreLimit,
    @Nullable Long byteLimit,
    MovedBytes moved,
    int hours) {
  /** One hour alone, without network. */
  public UsedHour(
      Instant hour,
      boolean asleep,
      BigInteger nanoCoreMicros,
      long cpuMicros,
      BigInteger byteMicros,
      long memoryMicros,
      @Nullable Long nanoCoreLimit,
      @Nullable Long byteLimit) {
    this(
        hour,
        asleep,
        nanoCoreMicros,
        cpuMicros,
        byteMicros,
        memoryMicros,
        nanoCoreLimit,
        byteLimit,
        MovedBytes.NONE,
        1);
  }
}
