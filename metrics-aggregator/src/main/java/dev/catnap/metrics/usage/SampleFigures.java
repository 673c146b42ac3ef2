package dev.catnap.metrics.usage;

import dev.catnap.events.ResourceSample;
import dev.catnap.metrics.sketch.Slots;

/** What is kept of a sample besides its fields. */
public final class SampleFigures {
  private static final double MILLIONTHS = 1e6;
  private static final long MICROS_PER_MILLI = 1_000;

  private SampleFigures() {}

  /** Cores as sent; a zero with a sign is the same to us, and must not differ in the tables. */
  public static double cpuCores(ResourceSample sample) {
    return sample.cpuCores() + 0.0;
  }

  /** Cores x window in millionths: whole numbers add up alike in any order. */
  public static long coreMicros(ResourceSample sample) {
    return Math.round(sample.cpuCores() * sample.windowMillis() * MICROS_PER_MILLI);
  }

  /** The slot of millionths of a core. */
  public static int cpuSlot(ResourceSample sample) {
    return Slots.of(Math.round(sample.cpuCores() * MILLIONTHS));
  }

  /** The slot of bytes. */
  public static int memorySlot(ResourceSample sample) {
    return Slots.of(sample.memoryBytes());
  }
}
