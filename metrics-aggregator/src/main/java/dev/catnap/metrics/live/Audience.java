package dev.catnap.metrics.live;

import dev.catnap.metrics.live.LiveEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Who listens. Each listener has a queue of its own; one that does not keep up is dropped, so that
 * it slows nobody else and memory stays bounded.
 */
public final class Audience {
  private final CopyOnWriteArrayList<Listener> listeners = new CopyOnWriteArrayList<>();
  private final Recent recent;
  private final int queueLength;
  private final Runnable whenDropped;

  /**
   * @param queueLength events that may wait for one listener
   * @param remembered events kept for those who come back
   * @param whenDropped told of each listener that was too slow
   */
  public Audience(int queueLength, int remembered, Runnable whenDropped) {
    this.queueLength = queueLength;
    this.recent = new Recent(remembered);
    this.whenDropped = whenDropped;
  }

  /**
   * What a listener wants.
   *
   * @param services empty: all
   * @param since nothing that happened before, unless it comes after {@code lastId}
   * @param lastId the last event that it has; null: none
   */
  public record Wish(
      Set<String> services, Set<Kind> kinds, Instant since, @Nullable String lastId) {
    boolean includes(LiveEvent event) {
      return kinds.contains(event.kind())
          && (services.isEmpty() || services.contains(event.service()));
    }
  }

  public int size() {
    return listeners.size();
  }

  /** Adds a listener; what it missed is in its queue already. */
  public synchronized Listener join(Wish wish) {
    Listener listener = new Listener(wish);
    String lastId = wish.lastId();
    if (lastId != null) {
      List<LiveEvent> missed = recent.after(lastId);
      listener.resumed = missed != null;
      if (missed != null) {
        missed.forEach(listener::offer);
      }
    }
    listeners.add(listener);
    return listener;
  }

  public synchronized void publish(LiveEvent event) {
    recent.add(event);
    for (Listener listener : listeners) {
      if (!event.at().isBefore(listener.wish.since())) {
        listener.offer(event);
      }
    }
  }

  /** Ends all. */
  public void dismiss() {
    listeners.forEach(Listener::close);
  }

  /** One who listens. */
  public final class Listener implements AutoCloseable {
    private final Wish wish;
    private final ArrayBlockingQueue<LiveEvent> queue = new ArrayBlockingQueue<>(queueLength);
    private volatile boolean closed;
    private volatile boolean dropped;
    private boolean resumed = true;

    private Listener(Wish wish) {
      this.wish = wish;
    }

    private void offer(LiveEvent event) {
      if (!closed && wish.includes(event) && !queue.offer(event)) {
        dropped = true;
        close();
        whenDropped.run();
      }
    }

    /** The next event; null when none came in that time, or it is closed and has no more. */
    public @Nullable LiveEvent next(Duration atMost) throws InterruptedException {
      LiveEvent event = queue.poll();
      if (event != null || closed) {
        return event;
      }
      return queue.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether nothing more will come. */
    public boolean isOver() {
      return closed && (dropped || queue.isEmpty());
    }

    /** Whether it was too slow. */
    public boolean isDropped() {
      return dropped;
    }

    /** Whether nothing is missing since the event that it named. */
    public boolean isResumed() {
      return resumed;
    }

    @Override
    public void close() {
      closed = true;
      listeners.remove(this);
    }
  }
}
