package dev.catnap.metrics.fold.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * When sums are computed that a fold only marked. While the tables have caught up with the log each
 * fold computes its own. While they are behind, a minute's records come in several batches, and
 * computing its sums, its hour's and its day's with each of them would cost more than all the rest:
 * then they are computed every two seconds, and at the end.
 */
final class SumsInTime {
  private static final long AT_LEAST_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Runnable rollUp;

  /** At start too: a former process may have left some. */
  private final AtomicBoolean marked = new AtomicBoolean(true);

  private final AtomicLong rolledAtNanos = new AtomicLong(System.nanoTime());

  SumsInTime(Runnable rollUp) {
    this.rollUp = rollUp;
  }

  /**
   * @param andRolledUp whether that fold computed its sums
   */
  void folded(boolean andRolledUp) {
    if (!andRolledUp) {
      marked.set(true);
    }
    long last = rolledAtNanos.get();
    long now = System.nanoTime();
    if (marked.get()
        && now - last >= AT_LEAST_EVERY_NANOS
        && rolledAtNanos.compareAndSet(last, now)) {
      roll();
    }
  }

  void idle() {
    if (marked.get()) {
      rolledAtNanos.set(System.nanoTime());
      roll();
    }
  }

  private void roll() {
    marked.set(false);
    try {
      rollUp.run();
    } catch (RuntimeException e) {
      marked.set(true);
      throw e;
    }
  }
}
