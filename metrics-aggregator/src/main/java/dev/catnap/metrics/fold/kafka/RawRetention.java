package dev.catnap.metrics.fold.kafka;

import dev.catnap.metrics.usage.jdbc.RawDeletion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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
public final class RawRetention implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(RawRetention.class);

  private final RawDeletion deletion;
  private final FoldLag lag;
  private final Clock clock;
  private final Duration keep;
  private final Duration check;
  private volatile @Nullable Thread thread;

  /**
   * @param keep how long single samples and activities are kept
   * @param check how often it is looked for older ones
   */
  public RawRetention(
      RawDeletion deletion, FoldLag lag, Clock clock, Duration keep, Duration check) {
    this.deletion = deletion;
    this.lag = lag;
    this.clock = clock;
    this.keep = keep;
    this.check = check;
  }

  /** Answers how many rows it deleted. */
  int deleteOutdated(Instant now) {
    boolean caughtUp = lag.records().values().stream().allMatch(behind -> behind == 0);
    return caughtUp ? deletion.delete(now.minus(keep)) : 0;
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
      int rows = deleteOutdated(clock.instant());
      if (rows > 0) {
        log.atInfo().addKeyValue("rows", rows).log("details older than raw-retention deleted");
      }
    } catch (DataAccessException | KafkaException e) {
      log.atWarn()
          .addKeyValue("reason", e.getMessage())
          .log("details not deleted this time, trying again at the next check");
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
