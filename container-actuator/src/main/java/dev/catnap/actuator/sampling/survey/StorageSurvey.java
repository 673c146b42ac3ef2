package dev.catnap.actuator.sampling.survey;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.sampling.StorageMeasure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures storage now and then, in a thread of its own: the engine walks the disk for it, so
 * nothing else waits for the answer. While it fails nothing is known anew, and that is said once.
 */
public final class StorageSurvey implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StorageSurvey.class);

  /** At the start there is more important to ask. */
  private static final Duration FIRST_AFTER = Duration.ofSeconds(10);

  private final ContainerEngine engine;
  private final InstantSource clock;
  private final Duration every;
  private final Duration within;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("storage-survey").factory());
  private volatile StorageMeasure latest = StorageMeasure.NONE;
  private boolean failing;

  /**
   * @param every between two measures; 0: never
   * @param within how long one may take
   */
  public StorageSurvey(
      ContainerEngine engine, InstantSource clock, Duration every, Duration within) {
    this.engine = engine;
    this.clock = clock;
    this.every = every;
    this.within = within;
  }

  public void start() {
    if (every.isZero()) {
      return;
    }
    long first = Math.min(FIRST_AFTER.toMillis(), every.toMillis());
    var unused =
        thread.scheduleWithFixedDelay(
            this::measure, first, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  public StorageMeasure latest() {
    return latest;
  }

  void measure() {
    try {
      latest = latest.next(clock.instant(), engine.storage(within));
      if (failing) {
        failing = false;
        log.atInfo().log("storage of containers is measured again");
      }
    } catch (EngineException e) {
      failed(e.reason(), e);
    } catch (RuntimeException e) {
      // An exception would end the schedule.
      failed("unexpectedly", e);
    }
  }

  private void failed(String reason, RuntimeException e) {
    if (!failing && !thread.isShutdown()) {
      failing = true;
      log.atWarn()
          .addKeyValue("reason", reason)
          .setCause(e)
          .log("storage of containers cannot be measured: what was measured last stands");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
