package dev.catnap.cost.ledger.process;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.jdbc.FactStore;
import dev.catnap.cost.ledger.jdbc.SuiteStore;
import dev.catnap.kit.database.PeriodicJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done by the clock: notes the suite's own use, deletes samples that are out of date. */
public final class CostHousekeeping extends PeriodicJob {
  private static final Logger log = LoggerFactory.getLogger(CostHousekeeping.class);
  private static final Duration DELETE_EVERY = Duration.ofHours(1);

  private final CostDatabase database;
  private final FactStore facts;
  private final SuiteStore suite;
  private final SuiteMeter meter;
  private final Clock clock;
  private final Duration interval;
  private final Duration retention;

  /**
   * @param interval between two notes
   * @param retention of samples
   */
  public CostHousekeeping(
      CostDatabase database,
      FactStore facts,
      SuiteMeter meter,
      Clock clock,
      Duration interval,
      Duration retention) {
    super("cost-housekeeping");
    this.database = database;
    this.facts = facts;
    this.suite = new SuiteStore(database.jdbc());
    this.meter = meter;
    this.clock = clock;
    this.interval = interval;
    this.retention = retention;
  }

  @Override
  protected void schedule(Turns turns) {
    turns.every(interval, this::noteUse);
    turns.every(DELETE_EVERY, this::deleteSamples);
  }

  /** Notes what this process used up to now; before a report as well, so that it is complete. */
  public void noteUse() {
    Instant now = clock.instant();
    meter
        .read(now)
        .ifPresent(use ->
            database.write(() -> {
              suite.save(use);
              return use;
            }));
  }

  private void deleteSamples() {
    int deleted = facts.deleteSamplesUpTo(clock.instant().minus(retention));
    if (deleted > 0) {
      log.atInfo().addKeyValue("samples", deleted).log("samples out of date deleted");
    }
  }
}
