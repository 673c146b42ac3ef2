package dev.catnap.metrics.recommendation;

import dev.catnap.events.Resources;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.metrics.recommendation.MemoryLeak.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All that is known of one service when something is to be recommended; gathered bit by bit. */
public final class Evidence {
  private final RightSizing sizing;
  private final Map<String, List<Level>> hourly = new HashMap<>();
  private final Map<String, List<Level>> minutes = new HashMap<>();
  private @Nullable Double cpuMean;
  private @Nullable Double memoryMean;
  private @Nullable Double cpuLimit;
  private @Nullable Double memoryLimit;
  private @Nullable Instant lastUse;
  private @Nullable Instant firstSeen;
  private double awakeShare;
  private long crashes;
  private long outOfMemory;
  private long wakes;
  private long failedWakes;

  /**
   * @param now the end of the history
   */
  public Evidence(Instant now) {
    this.sizing = new RightSizing(now);
  }

  public RightSizing sizing() {
    return sizing;
  }

  /** While awake, over the time sampled, of one container. */
  public void means(@Nullable Double cpuCores, @Nullable Double memoryBytes) {
    cpuMean = cpuCores;
    memoryMean = memoryBytes;
  }

  /** Of one of its containers, as last sampled; the largest counts. */
  public void limits(@Nullable Double cpuCores, @Nullable Double memoryBytes) {
    cpuLimit = larger(cpuLimit, cpuCores);
    memoryLimit = larger(memoryLimit, memoryBytes);
  }

  private static @Nullable Double larger(@Nullable Double one, @Nullable Double other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return Math.max(one, other);
  }

  /** In order of time: the least memory of a container in an hour since it last started. */
  public void hour(String container, Level least) {
    hourly.computeIfAbsent(container, none -> new ArrayList<>()).add(least);
  }

  /** In order of time: a container's memory in one of the last minutes. */
  public void minute(String container, Level level) {
    minutes.computeIfAbsent(container, none -> new ArrayList<>()).add(level);
  }

  /** Null where it is not known. */
  public void seen(@Nullable Instant first, @Nullable Instant lastUsed) {
    firstSeen = first;
    lastUse = lastUsed;
  }

  /** Of the time observed, 0 to 1. */
  public void awakeShare(double share) {
    awakeShare = share;
  }

  public void crash(boolean forWantOfMemory) {
    crashes++;
    outOfMemory += forWantOfMemory ? 1 : 0;
  }

  public void wakes(long succeeded, long failed) {
    wakes = succeeded;
    failedWakes = failed;
  }

  /**
   * @param definition null where there is none
   */
  public Recommendation conclude(
      String service, @Nullable ServiceDefinition definition, Rates rates, Instant now) {
    Resources defined =
        definition == null ? Resources.UNLIMITED : definition.container().resources();
    Double cpuNow = defined.cpuCores() == null ? cpuLimit : defined.cpuCores();
    Double memoryNow =
        defined.memoryBytes() == null
            ? memoryLimit
            : Double.valueOf(defined.memoryBytes().doubleValue());
    Sizing cpu = sizing.cpu();
    Sizing memory = sizing.memory();
    MemoryLeak leak = leak(memoryNow);
    return new Recommendation(
        service,
        new Recommendation.Resource(cpuNow, cpuMean, cpu, Fit.of(cpuNow, cpu)),
        new Recommendation.Resource(memoryNow, memoryMean, memory, Fit.of(memoryNow, memory)),
        sizing.confidence(),
        Efficiency.of(cpuMean, cpuNow, memoryMean, memoryNow, rates),
        Worth.of(cpuNow, cpu, memoryNow, memory, awakeShare, rates),
        leak,
        Disuse.of(lastUse, firstSeen, now),
        Diagnosis.of(findings(definition, cpuNow, memoryNow, leak, now)));
  }

  private @Nullable MemoryLeak leak(@Nullable Double limit) {
    return hourly.values().stream()
        .map(levels -> MemoryLeak.of(levels, limit))
        .filter(Objects::nonNull)
        .max(Comparator.comparingDouble(MemoryLeak::bytesPerHour))
        .orElse(null);
  }

  private @Nullable Double growth() {
    return minutes.values().stream()
        .map(MemoryLeak::growingFast)
        .filter(Objects::nonNull)
        .max(Double::compare)
        .orElse(null);
  }

  private Findings findings(
      @Nullable ServiceDefinition definition,
      @Nullable Double cpuNow,
      @Nullable Double memoryNow,
      @Nullable MemoryLeak leak,
      Instant now) {
    boolean checked =
        definition != null
            && (definition.readiness().httpPath() != null
                || definition.readiness().tcpPort() != null);
    return new Findings(
        definition != null,
        checked,
        cpuNow,
        sizing.cpuHigh(),
        memoryNow,
        sizing.memoryHigh(),
        crashes,
        outOfMemory,
        wakes,
        failedWakes,
        leak == null ? null : Double.valueOf(leak.hoursUntilLimit(now)),
        growth(),
        sizing.cpuHigh() != null);
  }
}
