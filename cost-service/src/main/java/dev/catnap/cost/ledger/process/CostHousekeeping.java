package dev.catnap.cost.ledger.process;

import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.jdbc.FactStore;
import dev.catnap.cost.ledger.jdbc.SuiteStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What is done by the clock: notes the suite's own use, deletes samples that are out of date. */
public final class CostHousekeeping implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(CostHousekeeping.class);
  private static final Duration DELETE_EVERY = Duration.ofHours(1);

  private final CostDatabase database;
  private final FactStore facts;
  private final SuiteStore suite;
  private final SuiteMeter meter;
  private final Clock clock;
  private final Duration interval;
  private final Duration retention;
  private volatile @Nullable ScheduledExecutorService timer;

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
    this.database = database;
    this.facts = facts;
    this.suite = new SuiteStore(database.jdbc());
    this.meter = meter;
    this.clock = clock;
    this.interval = interval;
    this.retention = retention;
  }

  @Override
  public void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cost-housekeeping").factory());
    long millis = interval.toMillis();
    var unused =
        started.scheduleAtFixedRate(
            () -> quietly(this::noteUse), millis, millis, TimeUnit.MILLISECONDS);
    var alsoUnused =
        started.scheduleWithFixedDelay(
            () -> quietly(this::deleteSamples),
            DELETE_EVERY.toMillis(),
            DELETE_EVERY.toMillis(),
            TimeUnit.MILLISECONDS);
    timer = started;
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

  /** The database may be away; the next turn makes up for it. */
  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (DataAccessException | TransactionException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("housekeeping postponed");
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("housekeeping failed");
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService running = timer;
    if (running != null) {
      running.shutdownNow();
    }
    timer = null;
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
