package dev.catnap.metrics.usage;

import dev.catnap.events.ResourceSample;
import java.time.Instant;
import java.util.Arrays;

/**
 * What a container used in a minute, of all its samples in it; the same figures as the database
 * computes of them, whatever their order.
 */
public final class MinuteSums {
  private static final int SLOT_SHIFT = 20;
  private static final int ONCE = 1;
  private static final int FIRST_SIZE = 16;

  private int samples;
  private final ExactSum sampledMillis = new ExactSum();
  private final ExactSum cpuCoreMicros = new ExactSum();
  private double cpuCoresMax;
  private final ExactSum memoryByteMillis = new ExactSum();
  private long memoryBytesMax;
  private long memoryBytesMin = Long.MAX_VALUE;
  private final ExactSum networkRxBytes = new ExactSum();
  private final ExactSum networkTxBytes = new ExactSum();
  private final ExactSum blockReadBytes = new ExactSum();
  private final ExactSum blockWriteBytes = new ExactSum();
  private Instant lastAt = Instant.MIN;
  private int[] cpuSketch = new int[FIRST_SIZE];
  private int[] memorySketch = new int[FIRST_SIZE];

  public void add(ResourceSample sample) {
    if (samples == cpuSketch.length) {
      cpuSketch = Arrays.copyOf(cpuSketch, 2 * samples);
      memorySketch = Arrays.copyOf(memorySketch, 2 * samples);
    }
    cpuSketch[samples] = SampleFigures.cpuSlot(sample) << SLOT_SHIFT | ONCE;
    memorySketch[samples] = SampleFigures.memorySlot(sample) << SLOT_SHIFT | ONCE;
    samples++;
    sampledMillis.add(sample.windowMillis());
    cpuCoreMicros.add(SampleFigures.coreMicros(sample));
    cpuCoresMax = Math.max(cpuCoresMax, sample.cpuCores());
    memoryByteMillis.addProduct(sample.memoryBytes(), sample.windowMillis());
    memoryBytesMax = Math.max(memoryBytesMax, sample.memoryBytes());
    memoryBytesMin = Math.min(memoryBytesMin, sample.memoryBytes());
    networkRxBytes.add(sample.networkRxBytes());
    networkTxBytes.add(sample.networkTxBytes());
    blockReadBytes.add(sample.blockReadBytes());
    blockWriteBytes.add(sample.blockWriteBytes());
    lastAt = sample.at().isAfter(lastAt) ? sample.at() : lastAt;
  }

  public int samples() {
    return samples;
  }

  public ExactSum sampledMillis() {
    return sampledMillis;
  }

  public ExactSum cpuCoreMicros() {
    return cpuCoreMicros;
  }

  public double cpuCoresMax() {
    return cpuCoresMax;
  }

  public ExactSum memoryByteMillis() {
    return memoryByteMillis;
  }

  public long memoryBytesMax() {
    return memoryBytesMax;
  }

  public long memoryBytesMin() {
    return memoryBytesMin;
  }

  public ExactSum networkRxBytes() {
    return networkRxBytes;
  }

  public ExactSum networkTxBytes() {
    return networkTxBytes;
  }

  public ExactSum blockReadBytes() {
    return blockReadBytes;
  }

  public ExactSum blockWriteBytes() {
    return blockWriteBytes;
  }

  /** Of the newest sample. */
  public Instant lastAt() {
    return lastAt;
  }

  /** One entry a sample, in the order of slots. */
  public int[] cpuSketch() {
    return sorted(cpuSketch);
  }

  /** As {@link #cpuSketch()}. */
  public int[] memorySketch() {
    return sorted(memorySketch);
  }

  private int[] sorted(int[] entries) {
    int[] sorted = Arrays.copyOf(entries, samples);
    Arrays.sort(sorted);
    return sorted;
  }
}
