package dev.catnap.ingest.activity;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may be under way at once, so that a flood is answered with "later" and not with an
 * exhausted heap. Counts anything: bytes, or events.
 */
public final class InFlight {
  private final long limit;
  private final AtomicLong taken = new AtomicLong();

  public InFlight(long limit) {
    this.limit = limit;
  }

  /** Takes all of it or nothing; what was taken must be given back. */
  public boolean tryTake(long amount) {
    long before = taken.get();
    while (before + amount <= limit) {
      long seen = taken.compareAndExchange(before, before + amount);
      if (seen == before) {
        return true;
      }
      before = seen;
    }
    return false;
  }

  public void giveBack(long amount) {
    taken.addAndGet(-amount);
  }

  public long taken() {
    return taken.get();
  }

  public long limit() {
    return limit;
  }
}
