package dev.catnap.metrics.fold.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What becomes of a record that cannot be folded. */
@FunctionalInterface
public interface PutAside {
  void putAside(ConsumerRecord<String, byte[]> record, String reason);
}
