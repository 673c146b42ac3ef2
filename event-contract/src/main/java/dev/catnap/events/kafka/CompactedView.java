package dev.catnap.events.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A compacted topic as a map in memory: the newest value of each key, always following. */
public final class CompactedView<V> implements AutoCloseable {
  /** Told of every change, in order, by the thread that reads the topic. */
  public interface Listener<V> {
    /**
     * @param value null when the key was removed
     */
    void changed(String key, @Nullable V value);
  }

  private final ConcurrentHashMap<String, V> values = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Listener<V>> listeners = new CopyOnWriteArrayList<>();
  private final TopicFollower<V> follower;

  /**
   * @param consumers makes a consumer without group, with text keys and byte values
   */
  public CompactedView(Topic<V> topic, Supplier<Consumer<String, byte[]>> consumers) {
    this.follower = new TopicFollower<>(topic, consumers, null, this::apply);
  }

  private void apply(ConsumerRecord<String, byte[]> record, @Nullable V value) {
    String key = record.key();
    if (key == null) {
      return;
    }
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
    listeners.forEach(listener -> listener.changed(key, value));
  }

  /** To be called before {@link #start()} by those who must not miss anything. */
  public void addListener(Listener<V> listener) {
    listeners.add(listener);
  }

  public CompactedView<V> start() {
    follower.start();
    return this;
  }

  public boolean isCaughtUp() {
    return follower.isCaughtUp();
  }

  public boolean isConnected() {
    return follower.isConnected();
  }

  public boolean awaitCaughtUp(Duration atMost) throws InterruptedException {
    return follower.awaitCaughtUp(atMost);
  }

  public @Nullable V get(String key) {
    return values.get(key);
  }

  /** What is there now; later changes do not show in it. */
  public Map<String, V> snapshot() {
    return Map.copyOf(values);
  }

  @Override
  public void close() {
    follower.close();
  }
}
