package dev.catnap.metrics.recommendation.kafka;

import dev.catnap.kit.database.PeriodicJob;
import dev.catnap.kit.http.ProblemException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/** Looks now and then after what was applied. */
public final class RegretWatch extends PeriodicJob {
  private static final Logger log = LoggerFactory.getLogger(RegretWatch.class);

  private final Applier applier;
  private final Clock clock;
  private final Duration every;

  public RegretWatch(Applier applier, Clock clock, Duration every) {
    super("metrics-regret");
    this.applier = applier;
    this.clock = clock;
    this.every = every;
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
  protected void schedule(Turns turns) {
    turns.every(every, this::attempt);
  }
}
