package dev.catnap.kit.tracing;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The histograms {@code catnap_wake_stage_seconds{stage}}; each part of Catnap records the stages
 * that end with it.
 */
public final class WakeStageTimers {
  private static final Duration[] BUCKETS =
      Arrays.stream(
              new long[] {
                1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000
              })
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Map<WakeStage, Timer> timers = new EnumMap<>(WakeStage.class);

  /**
   * @param stages those that will be recorded; they show from the start, with zero
   */
  public WakeStageTimers(MeterRegistry registry, WakeStage... stages) {
    for (WakeStage stage : stages) {
      timers.put(
          stage,
          Timer.builder("catnap.wake.stage")
              .description("Time of wakes by stage")
              .tag("stage", stage.name().toLowerCase(Locale.ROOT))
              .serviceLevelObjectives(BUCKETS)
              .register(registry));
    }
  }

  /**
   * Records a stage whose both ends are known. Clocks of two hosts may differ: what would be
   * negative counts as zero.
   */
  public void record(WakeStage stage, @Nullable Instant from, @Nullable Instant to) {
    Timer timer = timers.get(stage);
    if (timer != null && from != null && to != null) {
      Duration took = Duration.between(from, to);
      timer.record(took.isNegative() ? Duration.ZERO : took);
    }
  }
}
