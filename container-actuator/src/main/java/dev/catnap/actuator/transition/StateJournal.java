package dev.catnap.actuator.transition;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last published state of every container: what the next change goes {@code from}.
 *
 * <p>A change counts as published when it is handed to the log. If the log then loses it, the last
 * one that the log had stands again, so that the next comparison finds the difference and tells it.
 */
public final class StateJournal {
  private record Entry(StateChange last, @Nullable StateChange confirmed) {}

  private final StateLog log;
  private final Map<String, Entry> entries = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  public StateJournal(StateLog log) {
    this.log = log;
  }

  /** Publishes a change and remembers it; the answer is done when the log has it. */
  public CompletableFuture<?> publish(StateChange change) {
    return publish(List.of(change));
  }

  /**
   * Publishes at once what a container went through; likewise.
   *
   * @param changes in their order; not empty
   */
  public CompletableFuture<?> publish(List<StateChange> changes) {
    StateChange last = changes.getLast();
    String key = last.containerKey();
    lock.lock();
    try {
      Entry before = entries.get(key);
      entries.put(key, new Entry(last, before == null ? null : before.confirmed()));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return log.append(changes).whenComplete((done, failure) -> settled(last, failure == null));
  }

  private void settled(StateChange change, boolean written) {
    lock.lock();
    try {
      String key = change.containerKey();
      Entry entry = entries.get(key);
      if (entry == null) {
        return;
      }
      if (written) {
        entries.put(key, new Entry(entry.last(), change));
      } else if (entry.last().equals(change)) {
        StateChange confirmed = entry.confirmed();
        if (confirmed == null) {
          entries.remove(key);
        } else {
          entries.put(key, new Entry(confirmed, confirmed));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a change that is on the log already, ours of an earlier run or another host's. */
  public void observed(StateChange change) {
    lock.lock();
    try {
      Entry known = entries.get(change.containerKey());
      if (known == null || known.last().at().isBefore(change.at())) {
        if (change.endsHistory()) {
          entries.remove(change.containerKey());
        } else {
          entries.put(change.containerKey(), new Entry(change, change));
        }
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Publishes the last change of a container, and keeps its state no longer once the log has that:
   * if the log loses it, the next comparison tells it again.
   */
  public CompletableFuture<?> end(StateChange last) {
    String key = last.containerKey();
    StateChange before = last(last.service(), last.container());
    return log.append(List.of(last))
        .whenComplete((done, failure) -> {
          if (failure == null && forget(key, before)) {
            var unused = log.forget(key);
          }
        });
  }

  /** False: it has come back meanwhile. */
  private boolean forget(String key, @Nullable StateChange before) {
    lock.lock();
    try {
      Entry entry = entries.get(key);
      if (entry != null && !entry.last().equals(before)) {
        return false;
      }
      entries.remove(key);
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  public @Nullable StateChange last(String service, String container) {
    lock.lock();
    try {
      Entry entry = entries.get(service + "/" + container);
      return entry == null ? null : entry.last();
    } finally {
      lock.unlock();
    }
  }

  public RunState state(String service, String container) {
    StateChange last = last(service, container);
    return last == null ? RunState.UNKNOWN : last.to();
  }

  /** The state of a service as the sum of its containers on all hosts. */
  public RunState stateOf(String service) {
    lock.lock();
    try {
      List<RunState> states =
          entries.values().stream()
              .filter(entry -> entry.last().service().equals(service))
              .map(entry -> entry.last().to())
              .toList();
      return RunState.ofService(states);
    } finally {
      lock.unlock();
    }
  }

  /** Every container's last change. */
  public List<StateChange> all() {
    lock.lock();
    try {
      return entries.values().stream().map(Entry::last).toList();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the state of the service is as wished.
   *
   * @return false when it was not so within {@code atMost}
   */
  public boolean await(String service, Predicate<RunState> wished, Duration atMost)
      throws InterruptedException {
    long nanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!wished.test(stateOf(service))) {
        if (nanos <= 0) {
          return false;
        }
        nanos = changed.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
