package dev.catnap.metrics.sketch;

/**
 * The slots of a {@link Sketch}: 32 of equal width within each power of two, as HdrHistogram has
 * them, and one for each value below 64. Whole numbers only, so that every machine, and {@code
 * sketch_slot} in the database, finds the same.
 *
 * <pre>
 * value     slot     values in it
 * 0..63     0..63    one
 * 64        64       64, 65
 * 1000      191      992..1007
 * 2^53      1568     the last slot; what is beyond counts as 2^53
 * </pre>
 */
public final class Slots {
  /** Largest value told apart. */
  public static final long MOST = 1L << 53;

  private static final int BITS = 5;
  private static final int PER_POWER = 1 << BITS;

  private Slots() {}

  /** The slot of a value; negative ones count as 0. */
  public static int of(long value) {
    if (value < 2 * PER_POWER) {
      return (int) Math.max(0, value);
    }
    long bounded = Math.min(value, MOST);
    int shift = 63 - Long.numberOfLeadingZeros(bounded) - BITS;
    return shift * PER_POWER + (int) (bounded >> shift);
  }

  /** The smallest value in a slot. */
  public static long lowest(int slot) {
    int shift = shift(slot);
    return (long) (slot - shift * PER_POWER) << shift;
  }

  /** The largest value in a slot. */
  public static long highest(int slot) {
    return lowest(slot) + (1L << shift(slot)) - 1;
  }

  /** What a slot answers for its values: the middle, at most 1.6 % from each of them. */
  public static double middle(int slot) {
    return (lowest(slot) + highest(slot)) / 2.0;
  }

  private static int shift(int slot) {
    return slot < 2 * PER_POWER ? 0 : slot / PER_POWER - 1;
  }
}
