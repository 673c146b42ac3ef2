package dev.catnap.cost.ledger.process;

import dev.catnap.cost.ledger.Closing;
import dev.catnap.cost.ledger.jdbc.Ledger;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.kit.database.PeriodicJob;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Books by the clock what came, and closes months. */
public final class Bookkeeping extends PeriodicJob {
  private static final Logger log = LoggerFactory.getLogger(Bookkeeping.class);

  private final Ledger ledger;
  private final Supplier<RateHistory> rates;
  private final Closing closing;
  private final Clock clock;
  private final Duration interval;
  private volatile Instant watchedSince = Instant.MAX;

  /**
   * @param interval between two turns
   */
  public Bookkeeping(
      Ledger ledger, Supplier<RateHistory> rates, Closing closing, Clock clock, Duration interval) {
    super("cost-ledger");
    this.ledger = ledger;
    this.rates = rates;
    this.closing = closing;
    this.clock = clock;
    this.interval = interval;
  }

  @Override
  protected void schedule(Turns turns) {
    watchedSince = clock.instant();
    turns.every(interval, this::turn);
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
}
