package dev.catnap.kit.database;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Work that is done by the clock, in one thread of its own. No turn ends the others: the database
 * may be away, and the next turn makes up for it.
 */
public abstract class PeriodicJob implements SmartLifecycle {
  private final Logger log = LoggerFactory.getLogger(getClass());
  private final String thread;
  private volatile @Nullable ScheduledExecutorService timer;

  /**
   * @param thread its name
   */
  protected PeriodicJob(String thread) {
    this.thread = thread;
  }

  /** Says by {@link Turns} what is done, and how often. */
  protected abstract void schedule(Turns turns);

  /** Takes work. */
  protected interface Turns {
    /**
     * @param pause before each turn
     */
    void every(Duration pause, Runnable work);
  }

  @Override
  public final void start() {
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(thread).factory());
    timer = started;
    schedule((pause, work) -> {
      long millis = pause.toMillis();
      var unused =
          started.scheduleWithFixedDelay(
              () -> quietly(work), millis, millis, TimeUnit.MILLISECONDS);
    });
  }

  private void quietly(Runnable work) {
    try {
      work.run();
    } catch (DataAccessException | TransactionException e) {
      log.atDebug().addKeyValue("reason", e.getMessage()).log("postponed");
    } catch (RuntimeException e) {
      log.atError().setCause(e).log("failed");
    }
  }

  @Override
  public final void stop() {
    ScheduledExecutorService running = timer;
    timer = null;
    if (running != null) {
      running.shutdownNow();
    }
  }

  @Override
  public final boolean isRunning() {
    return timer != null;
  }
}
