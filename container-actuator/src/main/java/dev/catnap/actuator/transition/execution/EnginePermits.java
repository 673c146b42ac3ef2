package dev.catnap.actuator.transition.execution;

import dev.catnap.events.Action;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many calls that change something the engine gets at once: with 100 in flight each takes 500
 * ms, with 2 to 4 each takes 12 and all together hardly longer.
 *
 * <p>Who waits is served wakes first, then sleeps, each in order of arrival. Stops spend their time
 * waiting for the container to end, so they have as many places of their own and never stand before
 * a wake.
 */
public final class EnginePermits {
  /** Does the call. */
  public interface Act {
    void run();
  }

  private record Waiter(Action action, long arrival, Condition turn) implements Comparable<Waiter> {
    @Override
    public int compareTo(Waiter other) {
      int byAction = action.compareTo(other.action);
      return byAction != 0 ? byAction : Long.compare(arrival, other.arrival);
    }
  }

  private static final class Lane {
    private final PriorityQueue<Waiter> waiting = new PriorityQueue<>();
    private int free;

    Lane(int free) {
      this.free = free;
    }
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Lane quick;
  private final Lane stops;
  private long arrivals;

  public EnginePermits(int concurrency) {
    this.quick = new Lane(concurrency);
    this.stops = new Lane(concurrency);
  }

  /** Waits for a place, acts, and gives the place back. */
  public void run(Action action, Act act) throws InterruptedException {
    Lane lane = action == Action.STOP ? stops : quick;
    enter(lane, action);
    try {
      act.run();
    } finally {
      leave(lane);
    }
  }

  private void enter(Lane lane, Action action) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      Waiter waiter = new Waiter(action, arrivals++, lock.newCondition());
      lane.waiting.add(waiter);
      try {
        while (lane.free == 0 || lane.waiting.peek() != waiter) {
          waiter.turn().await();
        }
        lane.free--;
      } finally {
        lane.waiting.remove(waiter);
        signalNext(lane);
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave(Lane lane) {
    lock.lock();
    try {
      lane.free++;
      signalNext(lane);
    } finally {
      lock.unlock();
    }
  }

  private static void signalNext(Lane lane) {
    Waiter next = lane.waiting.peek();
    if (next != null && lane.free > 0) {
      next.turn().signal();
    }
  }
}
