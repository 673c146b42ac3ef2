package dev.catnap.cost.ledger.kafka;

import dev.catnap.cost.ledger.Facts;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records as facts. What cannot be read is told and counted as {@code
 * catnap_cost_records_passed_over_total}; other services put it on the dead-letter topics.
 */
final class FactReader {
  private static final Logger log = LoggerFactory.getLogger(FactReader.class);

  private final MeterRegistry meters;

  FactReader(MeterRegistry meters) {
    this.meters = meters;
  }

  void read(ConsumerRecord<String, byte[]> record, Facts into) {
    try {
      add(record, into);
    } catch (MalformedRecordException | InvalidFieldException e) {
      meters.counter("catnap.cost.records.passed.over", "topic", record.topic()).increment();
      log.atWarn()
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("record passed over, it cannot be read");
    }
  }

  private static void add(ConsumerRecord<String, byte[]> record, Facts into) {
    if (record.topic().equals(Topics.STATE_CHANGES.name())) {
      StateChange change = Records.read(Topics.STATE_CHANGES, record);
      if (change != null) {
        into.add(change);
      }
    } else if (record.topic().equals(Topics.RESOURCE_SAMPLES.name())) {
      ResourceSample sample = Records.read(Topics.RESOURCE_SAMPLES, record);
      if (sample != null) {
        into.add(sample);
      }
    } else {
      ServiceDefinition definition = Records.read(Topics.SERVICES, record);
      // A removed definition still speaks for its past.
      if (definition != null) {
        into.add(definition);
      }
    }
  }
}
