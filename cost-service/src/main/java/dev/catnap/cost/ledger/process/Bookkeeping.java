package dev.catnap.cost.ledger.process;

import dev.catnap.cost.ledger.Closing;
import dev.catnap.cost.ledger.jdbc.Ledger;
import dev.catnap.cost.pricing.RateHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Books by the clock what came, and closes months. */
public final class Bookkeeping implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(Bookkeeping.class);

  private final Ledger ledger;
  private final Supplier<RateHistory> rates;
  private final Closing closing;
  private final Clock clock;
  private final Duration interval;
  private volatile @Nullable ScheduledExecutorService timer;
  private volatile Instant watchedSince = Instant.MAX;

  /**
   * @param interval between two turns
   */
  public Bookkeeping(
      Ledger ledger, Supplier<RateHistory> rates, Closing closing, Clock clock, Duration interval) {
    this.ledger = ledger;
    this.rates = rates;
    this.closing = closing;
    this.clock = clock;
    this.interval = interval;
  }

  @Override
  public void start() {
    watchedSince = clock.instant();
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cost-ledger").factory());
    timer = started;
    var unused =
        started.scheduleWithFixedDelay(
            this::quietly, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** The database may be away; the next turn makes up for it. */
  private void quietly() {
    try {
      turn();
    } catch (DataAccessException | TransactionException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("bookkeeping postponed");
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("bookkeeping failed");
    }
  }

  private void turn() {
    RateHistory current = rates.get();
    while (isRunning() && ledger.book(clock.instant(), current) > 0) {
      current = rates.get();
    }
    ledger
        .close(closing, clock.instant(), watchedSince)
        .ifPresent(to -> log.atInfo().addKeyValue("closed_to", to).log("months closed"));
  }

  @Override
  public void stop() {
    ScheduledExecutorService running = timer;
    timer = null;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
