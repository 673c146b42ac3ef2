package dev.catnap.ingest.gate.kafka;

import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.TopicFollower;
import dev.catnap.events.kafka.Topics;
import dev.catnap.ingest.gate.HostTable;
import dev.catnap.ingest.gate.KnownServices;
import dev.catnap.ingest.gate.LogState;
import dev.catnap.ingest.gate.Marks;
import dev.catnap.ingest.gate.WakeTimes;
import dev.catnap.ingest.gate.tracing.WakeNews;
import dev.catnap.kit.tracing.TraceHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps what the gate knows up to date: definitions and the newest state of each container from
 * their compacted topics, and the state changes of the last 24 hours and from now on, which others
 * than the actuator may write as well.
 */
public final class StateView implements SmartLifecycle, LogState {
  private static final Logger log = LoggerFactory.getLogger(StateView.class);
  private static final Duration HISTORY = Duration.ofHours(24);
  private static final long NOT_AWAY = Long.MIN_VALUE;

  private final KnownServices known;
  private final HostTable hosts;
  private final WakeTimes wakes;
  private final WakeNews news;
  private final Supplier<Consumer<String, byte[]>> consumers;
  private final Supplier<Consumer<String, byte[]>> unhurried;
  private final Clock clock;
  private final AtomicLong awaySinceNanos = new AtomicLong(NOT_AWAY);
  private volatile List<TopicFollower<?>> followers = List.of();
  private volatile boolean caughtUp;

  /**
   * @param unhurried for the newest states: what is new in them comes as a change as well
   */
  public StateView(
      KnownServices known,
      HostTable hosts,
      WakeTimes wakes,
      WakeNews news,
      Supplier<Consumer<String, byte[]>> consumers,
      Supplier<Consumer<String, byte[]>> unhurried,
      Clock clock) {
    this.known = known;
    this.hosts = hosts;
    this.wakes = wakes;
    this.news = news;
    this.consumers = consumers;
    this.unhurried = unhurried;
    this.clock = clock;
  }

  @Override
  public void start() {
    Instant since = clock.instant().minus(HISTORY);
    followers =
        List.of(
            new TopicFollower<>(Topics.SERVICES, consumers, null, this::definition).start(),
            new TopicFollower<>(Topics.STATES, unhurried, null, this::state).start(),
            new TopicFollower<>(Topics.STATE_CHANGES, consumers, since, this::change).start());
  }

  private void definition(
      ConsumerRecord<String, byte[]> record, @Nullable ServiceDefinition definition) {
    if (definition != null) {
      known.defined(definition.name(), Marks.of(definition.notWaking()));
      hosts
          .define(definition.name(), definition.hosts(), definition.definedAt())
          .forEach(StateView::warn);
    } else if (record.key() != null) {
      known.undefined(record.key());
      hosts.remove(record.key());
      news.forget(record.key());
    }
  }

  private static void warn(HostTable.Contest contest) {
    log.atWarn()
        .addKeyValue("host", contest.host())
        .addKeyValue("service", contest.winner())
        .addKeyValue("others", contest.others())
        .log(
            "several services claim one host; the one defined last has it, take it from the others");
  }

  private void state(ConsumerRecord<String, byte[]> record, @Nullable StateChange change) {
    if (change != null) {
      heard(record, change);
      known.changed(change);
      return;
    }
    String key = record.key();
    int slash = key == null ? -1 : key.indexOf('/');
    if (key != null && slash > 0) {
      Instant at = Instant.ofEpochMilli(record.timestamp());
      known.gone(key.substring(0, slash), key.substring(slash + 1), at);
    }
  }

  private void change(ConsumerRecord<String, byte[]> record, @Nullable StateChange change) {
    if (change != null) {
      wakes.saw(change);
      heard(record, change);
      known.changed(change);
    }
  }

  private void heard(ConsumerRecord<String, byte[]> record, StateChange change) {
    news.heard(change, TraceHeaders.on(record.headers()), clock.instant(), caughtUp());
  }

  @Override
  public boolean caughtUp() {
    if (!caughtUp) {
      List<TopicFollower<?>> all = followers;
      caughtUp = !all.isEmpty() && all.stream().allMatch(TopicFollower::isCaughtUp);
    }
    return caughtUp;
  }

  /** Counted from when it was first asked for while the broker was away. */
  @Override
  public Duration awayFor() {
    if (isConnected()) {
      awaySinceNanos.set(NOT_AWAY);
      return Duration.ZERO;
    }
    long now = System.nanoTime();
    awaySinceNanos.compareAndSet(NOT_AWAY, now);
    return Duration.ofNanos(now - awaySinceNanos.get());
  }

  /** Whether the broker answers. */
  public boolean isConnected() {
    return followers.stream().anyMatch(TopicFollower::isConnected);
  }

  @Override
  public void stop() {
    List<TopicFollower<?>> all = followers;
    followers = List.of();
    all.parallelStream().forEach(TopicFollower::close);
  }

  @Override
  public boolean isRunning() {
    return !followers.isEmpty();
  }

  @Override
  public int getPhase() {
    return ActivityReporter.PHASE;
  }
}
