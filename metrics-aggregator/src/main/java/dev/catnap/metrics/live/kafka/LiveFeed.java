package dev.catnap.metrics.live.kafka;

import dev.catnap.events.ResourceSample;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.TopicFollower;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.KafkaClients;
import dev.catnap.metrics.live.Audience;
import dev.catnap.metrics.live.Audience.Listener;
import dev.catnap.metrics.live.Audience.Wish;
import dev.catnap.metrics.live.LiveEvent;
import dev.catnap.metrics.live.LiveEvent.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.context.SmartLifecycle;

/**
 * Reads state changes and samples for those who listen, and only while somebody does: reading costs
 * nothing where nobody looks. It goes on for a minute after the last one left, so that one who
 * comes back can be told what happened meanwhile.
 */
public final class LiveFeed implements SmartLifecycle {
  private static final Duration LOOK_BACK = Duration.ofMinutes(1);
  private static final Duration LINGER = Duration.ofMinutes(1);

  /** Before the web server waits for its requests to end. */
  private static final int PHASE = Integer.MAX_VALUE - 512;

  private final KafkaClients clients;
  private final Audience audience;
  private final Clock clock;
  private final List<TopicFollower<?>> followers = new ArrayList<>();
  private volatile boolean running;
  private long departures;

  public LiveFeed(KafkaClients clients, Audience audience, Clock clock) {
    this.clients = clients;
    this.audience = audience;
    this.clock = clock;
  }

  /** To be given back to {@link #leave}. */
  public synchronized Listener join(Wish wish) {
    departures++;
    if (followers.isEmpty() && running) {
      Instant since = clock.instant().minus(LOOK_BACK);
      followers.add(
          follow(
              Topics.STATE_CHANGES,
              since,
              Kind.STATE_CHANGE,
              StateChange::service,
              StateChange::at));
      followers.add(
          follow(
              Topics.RESOURCE_SAMPLES,
              since,
              Kind.RESOURCE_SAMPLE,
              ResourceSample::service,
              ResourceSample::at));
    }
    return audience.join(wish);
  }

  public synchronized void leave(Listener listener) {
    listener.close();
    long departure = ++departures;
    if (audience.size() == 0) {
      Thread.ofVirtual().name("metrics-stream-rest").start(() -> rest(departure));
    }
  }

  private void rest(long departure) {
    try {
      Thread.sleep(LINGER);
      stopReading(departure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void stopReading(long departure) {
    if (departures == departure) {
      close();
    }
  }

  private void close() {
    followers.forEach(TopicFollower::close);
    followers.clear();
  }

  /** Whether all that was there when reading began has been read. */
  public synchronized boolean isCaughtUp() {
    return !followers.isEmpty() && followers.stream().allMatch(TopicFollower::isCaughtUp);
  }

  private <V> TopicFollower<V> follow(
      Topic<V> topic,
      Instant since,
      Kind kind,
      Function<V, String> service,
      Function<V, Instant> at) {
    return new TopicFollower<>(
            topic,
            () -> clients.consumer("metrics-stream-" + kind),
            since,
            (record, event) -> {
              if (event != null) {
                audience.publish(
                    new LiveEvent(
                        id(kind, record), kind, service.apply(event), at.apply(event), event));
              }
            })
        .start();
  }

  private static String id(Kind kind, ConsumerRecord<String, byte[]> record) {
    return kind.toString().charAt(0) + "-" + record.partition() + "-" + record.offset();
  }

  @Override
  public void start() {
    running = true;
  }

  @Override
  public synchronized void stop() {
    running = false;
    audience.dismiss();
    close();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
