package dev.catnap.actuator.transition.execution;

import dev.catnap.events.Action;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything about one service, one thing after the other: what the engine told first, because it
 * is quick and older, then the command that waits. Only the newest command waits.
 *
 * <p>No thread belongs to a lane that has nothing to do.
 */
public final class ServiceLane {
  private static final Logger log = LoggerFactory.getLogger(ServiceLane.class);

  /** More than this many observations wait only if a command hangs; the next comparison heals. */
  private static final int MOST_OBSERVATIONS = 1000;

  private final Executor threads;
  private final BiConsumer<ReceivedCommand, ServiceLane> carryOut;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Runnable> observations = new ArrayDeque<>();
  private @Nullable ReceivedCommand waiting;
  private boolean busy;

  ServiceLane(Executor threads, BiConsumer<ReceivedCommand, ServiceLane> carryOut) {
    this.threads = threads;
    this.carryOut = carryOut;
  }

  /**
   * @return the command that waited and now never begins
   */
  @Nullable ReceivedCommand submit(ReceivedCommand command) {
    lock.lock();
    try {
      ReceivedCommand superseded = waiting;
      waiting = command;
      arrived.signalAll();
      begin();
      return superseded;
    } finally {
      lock.unlock();
    }
  }

  /** Queues what is to be seen to between commands; must be quick. */
  public void observe(Runnable observation) {
    lock.lock();
    try {
      if (observations.size() == MOST_OBSERVATIONS) {
        observations.removeFirst();
      }
      observations.addLast(observation);
      begin();
    } finally {
      lock.unlock();
    }
  }

  /** Whether somebody wants the service awake while another command is carried out. */
  boolean wakeWaits() {
    lock.lock();
    try {
      return waiting != null && waiting.command().action() == Action.WAKE;
    } finally {
      lock.unlock();
    }
  }

  /** Waits the whole time, or until a wake comes: then true. */
  boolean awaitWake(Duration atMost) throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!wakeWaits()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = arrived.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until that is done: then true; or until a wake comes, or the whole time. */
  boolean awaitDone(CompletableFuture<?> work, Duration atMost) throws InterruptedException {
    var unused = work.whenComplete((done, failure) -> wakeWaiters());
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!work.isDone() && !wakeWaits() && nanos > 0) {
        nanos = arrived.awaitNanos(nanos);
      }
      return work.isDone();
    } finally {
      lock.unlock();
    }
  }

  private void wakeWaiters() {
    lock.lock();
    try {
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void begin() {
    if (!busy) {
      busy = true;
      threads.execute(this::work);
    }
  }

  private void work() {
    for (Runnable next = next(); next != null; next = next()) {
      try {
        next.run();
      } catch (RuntimeException e) {
        log.atError().setCause(e).log("a step of a service failed unexpectedly, going on");
      }
    }
  }

  private @Nullable Runnable next() {
    lock.lock();
    try {
      Runnable observation = observations.pollFirst();
      if (observation != null) {
        return observation;
      }
      ReceivedCommand command = waiting;
      waiting = null;
      if (command == null) {
        busy = false;
        return null;
      }
      return () -> carryOut.accept(command, this);
    } finally {
      lock.unlock();
    }
  }
}
