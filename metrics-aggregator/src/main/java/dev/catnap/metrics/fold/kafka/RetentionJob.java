package dev.catnap.metrics.fold.kafka;

import dev.catnap.metrics.fold.jdbc.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/**
 * Deletes what is older than it is kept, from time to time, and only while the tables have caught
 * up with the log: in the middle of a rebuild the minutes that are being filled are old ones.
 */
public final class RetentionJob implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

  private final Retention retention;
  private final FoldLag lag;
  private final Clock clock;
  private final Retention.Kept kept;
  private final Duration check;
  private volatile @Nullable Thread thread;

  /**
   * @param kept how long each level is kept
   * @param check how often it is looked for older ones
   */
  public RetentionJob(
      Retention retention, FoldLag lag, Clock clock, Retention.Kept kept, Duration check) {
    this.retention = retention;
    this.lag = lag;
    this.clock = clock;
    this.kept = kept;
    this.check = check;
  }

  /** Answers what it deleted; see {@link Retention#apply}. */
  Map<String, Integer> deleteOutdated(Instant now) {
    boolean caughtUp = lag.records().values().stream().allMatch(behind -> behind == 0);
    return caughtUp ? retention.apply(now, kept) : Map.of();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(check);
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      Map<String, Integer> gone = deleteOutdated(clock.instant());
      if (gone.values().stream().anyMatch(rows -> rows > 0)) {
        log.atInfo().addKeyValue("gone", gone).log("older than it is kept: deleted");
      }
    } catch (DataAccessException | KafkaException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("nothing deleted this time, trying again at the next check");
    }
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("metrics-retention").start(this::run);
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
