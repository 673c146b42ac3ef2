package dev.catnap.metrics.sketch;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often which values were seen, to within 1.6 %: counts by slot, and nothing else. Adding and
 * merging commute, so the same values give the same sketch in any order; only counting one twice
 * would show. Not safe for use by several threads.
 *
 * <p>Stored as an array of {@code slot * 2^20 + count}; a slot may stand there more than once.
 */
public final class Sketch {
  private static final int COUNT_BITS = 20;
  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long total;

  /** Counts a value: millionths of a core, bytes, microseconds. */
  public Sketch add(long value) {
    return count(Slots.of(value), 1);
  }

  /** Counts all that a stored sketch counted. */
  public Sketch merge(int[] stored) {
    for (int entry : stored) {
      count(entry >>> COUNT_BITS, entry & COUNT_MASK);
    }
    return this;
  }

  /** As {@link #merge(int[])}, of an array as the driver gives it. */
  public Sketch merge(Integer[] stored) {
    for (int entry : stored) {
      count(entry >>> COUNT_BITS, entry & COUNT_MASK);
    }
    return this;
  }

  /** Counts all that another counted. */
  public Sketch merge(Sketch other) {
    other.counts.forEach(this::count);
    return this;
  }

  private Sketch count(int slot, long times) {
    counts.merge(slot, times, Long::sum);
    total += times;
    return this;
  }

  /** How many values were counted. */
  public long total() {
    return total;
  }

  /**
   * The value that at least this share of those counted does not exceed, to within 1.6 %.
   *
   * @param share 0 to 1; 0.5 asks for the median
   * @return null when nothing was counted
   */
  public @Nullable Double quantile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (Map.Entry<Integer, Long> slot : counts.entrySet()) {
      seen += slot.getValue();
      if (seen >= rank) {
        return Slots.middle(slot.getKey());
      }
    }
    return null;
  }

  /** As it is stored: slots in order, counts too large for one entry in several. */
  public int[] stored() {
    java.util.stream.IntStream.Builder entries = java.util.stream.IntStream.builder();
    counts.forEach((slot, count) -> {
      for (long left = count; left > 0; left -= COUNT_MASK) {
        entries.add(slot << COUNT_BITS | (int) Math.min(left, COUNT_MASK));
      }
    });
    return entries.build().toArray();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Sketch sketch && counts.equals(sketch.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return total + " values in " + counts.size() + " slots";
  }
}
