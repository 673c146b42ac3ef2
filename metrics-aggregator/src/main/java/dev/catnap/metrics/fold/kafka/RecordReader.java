package dev.catnap.metrics.fold.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.InvalidFieldException;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.StateChange;
import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.fold.Event;
import dev.catnap.metrics.fold.Storable;
import dev.catnap.metrics.usage.RecordedActivity;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of the three topics as events that can be folded. */
final class RecordReader {
  private RecordReader() {}

  /**
   * @throws MalformedRecordException when it is none
   */
  static Event read(ConsumerRecord<String, byte[]> record) {
    try {
      return event(record);
    } catch (InvalidFieldException e) {
      throw new MalformedRecordException(String.valueOf(e.getMessage()), e);
    }
  }

  private static Event event(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topics.STATE_CHANGES.name())) {
      StateChange change = required(Topics.STATE_CHANGES, record);
      Storable.check(change);
      return new Event.Changed(change);
    }
    if (record.topic().equals(Topics.RESOURCE_SAMPLES.name())) {
      ResourceSample sample = required(Topics.RESOURCE_SAMPLES, record);
      Storable.check(sample);
      return new Event.Sampled(sample);
    }
    Activity activity = required(Topics.ACTIVITY, record);
    Storable.check(activity);
    return new Event.Used(RecordedActivity.of(activity, record.partition(), record.offset()));
  }

  private static <V> V required(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
    V event = Records.read(topic, record);
    if (event == null) {
      throw new MalformedRecordException("value must be given, but it is absent");
    }
    return event;
  }
}
