package dev.catnap.metrics.recommendation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what a container used while it was awake and says what it needs. Time asleep says nothing
 * about it: somebody asleep uses no CPU, and that is no reason to give it less.
 *
 * <p>CPU counts by the minute; memory counts with the peak of each day, over 8 days, so that a
 * short night does not hide a busy noon.
 */
public final class RightSizing {
  /** How far back is looked. */
  public static final Duration HISTORY = Duration.ofDays(8);

  private static final double LEAST_CORES = 0.01;
  private static final double LEAST_BYTES = 6L << 20; // the least an engine takes
  private static final long OOM_MARGIN_BYTES = 100L << 20;
  private static final double OOM_FACTOR = 1.2;

  private final Instant now;
  private final DecayingHistogram cpu;
  private final Map<Long, Peak> peaks = new HashMap<>();
  private final List<Peak> kills = new ArrayList<>();
  private @Nullable Instant first;
  private double minutes;

  private record Peak(double bytes, Instant at) {}

  /**
   * @param now the end of the history
   */
  public RightSizing(Instant now) {
    this.now = now;
    this.cpu = new DecayingHistogram(Buckets.CPU, now);
  }

  /**
   * Awake for some minutes, using about so many cores in each of them.
   *
   * @param at when they began
   */
  public void cpu(double cores, double awakeMinutes, Instant at) {
    if (awakeMinutes > 0) {
      cpu.add(cores, awakeMinutes, at);
      awake(at, awakeMinutes);
    }
  }

  /**
   * The same, summed up before: weight in a bucket of {@link Buckets#CPU}, decayed to the end of
   * the history. Goes with {@link #awake}.
   */
  public void cpuBucket(int bucket, double decayedWeight) {
    cpu.add(Buckets.CPU.start(bucket), decayedWeight, now);
  }

  /**
   * @param since the first of these minutes
   * @param awakeMinutes in all
   */
  public void awake(Instant since, double awakeMinutes) {
    minutes += awakeMinutes;
    first = first == null || since.isBefore(first) ? since : first;
  }

  /** The most memory it had at some time awake. */
  public void memory(double bytes, Instant at) {
    peaks.merge(
        Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds()),
        new Peak(bytes, at),
        (a, b) -> a.bytes() >= b.bytes() ? a : b);
  }

  /**
   * It was killed for want of memory, and so needed more than it had: counts as {@code max(used +
   * 100 MiB, 1.2 x used)} (Vertical Pod Autoscaler, model/container.go).
   *
   * @param used when it was killed
   */
  public void outOfMemory(double used, Instant at) {
    kills.add(new Peak(afterOutOfMemory(used), at));
  }

  static double afterOutOfMemory(double used) {
    return Math.max(used + OOM_MARGIN_BYTES, OOM_FACTOR * used);
  }

  /** Confidence in what is said here; 0 where it was never awake. */
  public double confidence() {
    if (first == null) {
      return 0;
    }
    // Life lasts until now: what sleeps since then grows no younger, nor does it add samples.
    double days = Duration.between(first, now).toMillis() / (double) Duration.ofDays(1).toMillis();
    return Sizing.confidence(days, minutes);
  }

  /** The P95 of cores while awake, without margin; null where it was never seen awake. */
  public @Nullable Double cpuHigh() {
    return cpu.isEmpty() ? null : Double.valueOf(cpu.percentile(0.95));
  }

  /** The most memory while awake; null likewise. */
  public @Nullable Double memoryHigh() {
    return peaks.isEmpty()
        ? null
        : Double.valueOf(peaks.values().stream().mapToDouble(Peak::bytes).max().orElse(0));
  }

  /** In cores; null where it was never seen awake: no decision, rather than a wrong one. */
  public @Nullable Sizing cpu() {
    double confidence = confidence();
    return cpu.isEmpty() || confidence <= 0 ? null : Sizing.of(cpu, confidence, LEAST_CORES);
  }

  /**
   * In bytes; null as for CPU. A kill holds the target up: it is never below what the kill asks
   * for.
   */
  public @Nullable Sizing memory() {
    double confidence = confidence();
    if (peaks.isEmpty() || confidence <= 0) {
      return null;
    }
    DecayingHistogram memory = new DecayingHistogram(Buckets.MEMORY, now);
    peaks.values().forEach(peak -> memory.add(peak.bytes(), 1, peak.at()));
    kills.forEach(kill -> memory.add(kill.bytes(), 1, kill.at()));
    Sizing sizing = Sizing.of(memory, confidence, LEAST_BYTES);
    double asked = kills.stream().mapToDouble(Peak::bytes).max().orElse(0);
    return new Sizing(
        Math.max(sizing.target(), asked),
        Math.max(sizing.lower(), asked),
        Math.max(sizing.upper(), asked),
        confidence);
  }
}
