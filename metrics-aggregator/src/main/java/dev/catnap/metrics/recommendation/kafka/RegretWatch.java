package dev.catnap.metrics.recommendation.kafka;

import dev.catnap.kit.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Looks now and then after what was applied. */
public final class RegretWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RegretWatch.class);

  private final Applier applier;
  private final Clock clock;
  private final Duration every;
  private volatile @Nullable Thread thread;

  public RegretWatch(Applier applier, Clock clock, Duration every) {
    this.applier = applier;
    this.clock = clock;
    this.every = every;
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(every);
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      applier.check(clock.instant());
    } catch (DataAccessException | ProblemException e) {
      log.atDebug()
          .addKeyValue("reason", e.getMessage())
          .log("applied recommendations not looked after this time");
    }
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("metrics-regret").start(this::run);
  }

  @Override
  public void stop() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
    thread = null;
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
