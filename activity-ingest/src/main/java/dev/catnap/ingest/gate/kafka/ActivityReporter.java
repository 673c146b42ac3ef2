package dev.catnap.ingest.gate.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import dev.catnap.ingest.activity.kafka.KafkaActivityLog;
import dev.catnap.ingest.activity.kafka.LazyProducer;
import dev.catnap.ingest.gate.RequestTally;
import dev.catnap.ingest.gate.WaitingRoom;
import dev.catnap.ingest.gate.http.GateKeeper;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Tells the log who was asked for. One thread of its own sends, because a send may block while the
 * broker is away, and no request is to wait for that.
 *
 * <p>What the broker does not take is offered again until it does; only what is still here when the
 * process ends while the broker is away is lost, and then said. That a service is waited for is
 * repeated, in case the first report met a policy that did not know yet that the service sleeps:
 * under the same id, which counts once, and with a newer time, which asks once more.
 */
public final class ActivityReporter implements SmartLifecycle, GateKeeper.Reporter {
  /** Ends after the web server. */
  static final int PHASE = 1_000;

  private static final Logger log = LoggerFactory.getLogger(ActivityReporter.class);

  /** To be sent at once; somebody may wait for it. */
  private record Urgent(Activity report, boolean isWaitedFor, @Nullable TraceHeaders trace) {}

  private final RequestTally tally;
  private final WaitingRoom room;
  private final LazyProducer producer;
  private final Clock clock;
  private final Duration every;
  private final Duration askAgainEvery;
  private final WakeStageTimers timers;
  private final Queue<Urgent> urgent = new ConcurrentLinkedQueue<>();
  private final Thread thread =
      Thread.ofPlatform().daemon().name("gate-reporter").unstarted(this::run);
  private volatile boolean running;
  private Instant askedAgainAt = Instant.EPOCH;

  /**
   * @param every how often sums are reported
   * @param askAgainEvery how often is repeated that a service is waited for
   */
  public ActivityReporter(
      RequestTally tally,
      WaitingRoom room,
      LazyProducer producer,
      Clock clock,
      Duration every,
      Duration askAgainEvery,
      WakeStageTimers timers) {
    this.tally = tally;
    this.room = room;
    this.producer = producer;
    this.clock = clock;
    this.every = every;
    this.askAgainEvery = askAgainEvery;
    this.timers = timers;
  }

  @Override
  public void passed(Activity report) {
    soon(new Urgent(report, false, null));
  }

  @Override
  public void held(Activity report, @Nullable TraceHeaders trace) {
    soon(new Urgent(report, true, trace));
  }

  private void soon(Urgent report) {
    urgent.add(report);
    LockSupport.unpark(thread);
  }

  @Override
  public void start() {
    running = true;
    thread.start();
  }

  private void run() {
    long nextTurn = System.nanoTime();
    while (running) {
      sendUrgent();
      long now = System.nanoTime();
      if (now - nextTurn >= 0) {
        turn(clock.instant());
        nextTurn = now + every.toNanos();
      }
      if (urgent.isEmpty()) {
        LockSupport.parkNanos(this, Math.max(1, nextTurn - System.nanoTime()));
      }
    }
  }

  private void sendUrgent() {
    for (Urgent next = urgent.poll(); next != null; next = urgent.poll()) {
      Urgent sent = next;
      send(
          sent.report(),
          sent.trace(),
          (metadata, e) -> {
            settle(sent.report(), e);
            if (e == null && sent.isWaitedFor()) {
              timers.record(WakeStage.REQUEST, sent.report().at(), clock.instant());
            }
          });
    }
  }

  private void turn(Instant now) {
    tally.due(now).forEach(this::send);
    if (Duration.between(askedAgainAt, now).abs().compareTo(askAgainEvery) >= 0) {
      askedAgainAt = now;
      room.waitedForSince(now.minus(askAgainEvery)).forEach(service -> askAgain(service, now));
    }
  }

  private void send(Activity report) {
    send(report, null, (metadata, e) -> settle(report, e));
  }

  private void settle(Activity report, @Nullable Exception failure) {
    if (failure == null) {
      tally.delivered(report);
    } else {
      tally.undelivered(report);
    }
  }

  private void askAgain(String service, Instant now) {
    Activity waiting = tally.again(service, now);
    if (waiting != null) {
      send(waiting, null, (metadata, e) -> {});
    }
  }

  private void send(Activity activity, @Nullable TraceHeaders trace, Callback callback) {
    try {
      ProducerRecord<String, byte[]> record =
          Records.write(Topics.ACTIVITY, activity, KafkaActivityLog.SOURCE);
      if (trace != null) {
        trace.putOn(record.headers());
      }
      producer.get().send(record, callback);
    } catch (KafkaException e) {
      callback.onCompletion(null, e);
    }
  }

  @Override
  public void stop() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join(Duration.ofSeconds(4));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sendUrgent();
    turn(clock.instant());
    producer.close();
    long lost = tally.unreported();
    if (lost > 0) {
      log.atWarn()
          .addKeyValue("requests", lost)
          .log("requests were let through and could not be reported, the broker is away");
    }
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
