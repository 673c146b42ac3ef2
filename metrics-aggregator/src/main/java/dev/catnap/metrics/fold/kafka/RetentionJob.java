package dev.catnap.metrics.fold.kafka;

import dev.catnap.kit.database.PeriodicJob;
import dev.catnap.metrics.fold.jdbc.Retention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Deletes what is older than it is kept, from time to time, and only while the tables have caught
 * up with the log: in the middle of a rebuild the minutes that are being filled are old ones.
 */
public final class RetentionJob extends PeriodicJob {
  private static final Logger log = LoggerFactory.getLogger(RetentionJob.class);

  private final Retention retention;
  private final FoldLag lag;
  private final Clock clock;
  private final Retention.Kept kept;
  private final Duration check;

  /**
   * @param kept how long each level is kept
   * @param check how often it is looked for older ones
   */
  public RetentionJob(
      Retention retention, FoldLag lag, Clock clock, Retention.Kept kept, Duration check) {
    super("metrics-retention");
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
  protected void schedule(Turns turns) {
    turns.every(check, this::attempt);
  }
}
