package dev.catnap.metrics.fold.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.DeadLetters;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts aside what cannot be folded. State changes and resource samples go to their dead-letter
 * topics; unreadable activity is put there by policy-service already, so here it is only told and
 * counted, as {@code catnap_fold_passed_over_total}.
 */
final class Rejects implements PutAside {
  private static final Logger log = LoggerFactory.getLogger(Rejects.class);

  private final DeadLetters deadLetters;
  private final MeterRegistry meters;
  private final String service;

  Rejects(DeadLetters deadLetters, MeterRegistry meters, String service) {
    this.deadLetters = deadLetters;
    this.meters = meters;
    this.service = service;
  }

  /**
   * @throws org.apache.kafka.common.KafkaException when the broker does not take the dead letter;
   *     the record must not be skipped then
   */
  @Override
  public void putAside(ConsumerRecord<String, byte[]> record, String reason) {
    if (!record.topic().equals(Topics.ACTIVITY.name())) {
      deadLetters.publish(record, reason, service);
      return;
    }
    meters.counter("catnap.fold.passed.over", "topic", record.topic()).increment();
    log.atWarn()
        .addKeyValue("topic", record.topic())
        .addKeyValue("partition", record.partition())
        .addKeyValue("offset", record.offset())
        .addKeyValue("reason", reason)
        .log("record passed over, it cannot be read");
  }
}
