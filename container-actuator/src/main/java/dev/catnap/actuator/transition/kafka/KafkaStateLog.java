package dev.catnap.actuator.transition.kafka;

import dev.catnap.actuator.transition.StateLog;
import dev.catnap.actuator.transition.tracing.CommandTraces;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.tracing.TraceHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.kafka.core.KafkaOperations;

/**
 * State changes on Kafka: as history on {@code catnap.state-changes} and as the newest of each
 * container on {@code catnap.states}.
 *
 * <p>Counters: {@code catnap_actuator_state_changes_total{to,reason}} = taken by the broker +
 * {@code catnap_actuator_state_changes_failed_total}; the latter are told again by the next
 * comparison.
 */
public final class KafkaStateLog implements StateLog {
  private static final Logger log = LoggerFactory.getLogger(KafkaStateLog.class);
  private static final String SOURCE = "/catnap/container-actuator";

  private final KafkaOperations<String, byte[]> kafka;
  private final MeterRegistry meters;
  private final CommandTraces traces;

  public KafkaStateLog(
      KafkaOperations<String, byte[]> kafka, MeterRegistry meters, CommandTraces traces) {
    this.kafka = kafka;
    this.meters = meters;
    this.traces = traces;
  }

  /**
   * All is written out before the first is sent, so that the producer finds the records together:
   * the broker takes a connection's requests one after the other, and a gate waits for the last.
   */
  @Override
  public CompletableFuture<?> append(List<StateChange> changes) {
    List<ProducerRecord<String, byte[]>> records = new ArrayList<>();
    changes.forEach(change -> records.add(record(Topics.STATE_CHANGES, change)));
    records.add(record(Topics.STATES, changes.getLast()));
    CompletableFuture<?> written =
        CompletableFuture.allOf(records.stream().map(this::send).toArray(CompletableFuture[]::new));
    for (StateChange change : changes) {
      tell(change);
      traces.told(change);
    }
    return written.whenComplete(
        (done, failure) -> changes.forEach(change -> count(change, failure)));
  }

  private ProducerRecord<String, byte[]> record(Topic<StateChange> topic, StateChange change) {
    ProducerRecord<String, byte[]> record = Records.write(topic, change, SOURCE);
    TraceHeaders trace = traces.of(change);
    if (trace != null) {
      trace.putOn(record.headers());
    }
    return record;
  }

  @Override
  public CompletableFuture<?> forget(String containerKey) {
    return send(Records.remove(Topics.STATES, containerKey));
  }

  private CompletableFuture<?> send(ProducerRecord<String, byte[]> record) {
    try {
      return kafka.send(record);
    } catch (KafkaException | org.springframework.kafka.KafkaException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void count(StateChange change, @Nullable Throwable failure) {
    meters
        .counter(
            "catnap.actuator.state.changes",
            "to",
            change.to().name(),
            "reason",
            change.reason().toString())
        .increment();
    if (failure != null) {
      meters.counter("catnap.actuator.state.changes.failed").increment();
      log.atWarn()
          .addKeyValue("service", change.service())
          .addKeyValue("to", change.to())
          .addKeyValue("cause", failure.toString())
          .log("a state change was not taken by the broker, it is told again later");
    }
  }

  /** An end is told by who found it. */
  private static void tell(StateChange change) {
    if (change.endsHistory()) {
      return;
    }
    boolean onTheWay = change.to() == RunState.WAKING || change.to() == RunState.FALLING_ASLEEP;
    log.atLevel(onTheWay ? Level.DEBUG : Level.INFO)
        .addKeyValue("service", change.service())
        .addKeyValue("container", change.container())
        .addKeyValue("from", change.from())
        .addKeyValue("to", change.to())
        .addKeyValue("reason", change.reason())
        .addKeyValue("tookMillis", change.tookMillis())
        .addKeyValue("failure", change.failure())
        .log("state changed");
  }
}
