package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came in just below the largest size is above it once our headers are added. Such a record
 * goes to the dead letters without its value, which is still at its offset, and the partition goes
 * on. Everything else that cannot be written stops the thread, which then reads it again.
 */
public final class TooLargeToSendOn implements ProductionExceptionHandler {
  /** Where the topics' dead letters go whose own service is this one. */
  private static final Map<String, String> DEAD_LETTERS =
      Map.of(
          Topics.ACTIVITY.name(), Topics.ACTIVITY.deadLetterTopic(),
          Topics.SERVICES.name(), Topics.SERVICES.deadLetterTopic());

  private static final Logger log = LoggerFactory.getLogger(TooLargeToSendOn.class);

  @Override
  public void configure(Map<String, ?> configs) {
    // There is nothing to set.
  }

  @Override
  public Response handleError(
      ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
    Headers headers = new RecordHeaders(record.headers());
    Header origin = headers.lastHeader(Decoder.ORIGIN);
    boolean letter = DEAD_LETTERS.containsValue(record.topic());
    if (!(failure instanceof RecordTooLargeException)
        || record.value() == null
        || (!letter && origin == null)) {
      return Response.fail();
    }
    int size = record.value().length;
    log.atWarn()
        .addKeyValue("topic", context.topic())
        .addKeyValue("partition", context.partition())
        .addKeyValue("offset", context.offset())
        .addKeyValue("bytes", size)
        .log("record too large to be sent on, its value stays where it is");
    String topic = letter ? record.topic() : DEAD_LETTERS.get(text(origin));
    if (topic == null) {
      // Its own service reads it where it is.
      return Response.resume();
    }
    if (!letter) {
      put(headers, DeadLetters.REASON, "too large to be sent on to the partition of its service");
      put(headers, DeadLetters.TOPIC, text(origin));
      put(headers, DeadLetters.PARTITION, Integer.toString(context.partition()));
      put(headers, DeadLetters.OFFSET, Long.toString(context.offset()));
      put(headers, DeadLetters.SERVICE, PolicyTopology.SERVICE);
    }
    put(headers, DeadLetters.OMITTED_BYTES, Integer.toString(size));
    return Response.resume(
        List.of(
            new ProducerRecord<>(topic, null, record.timestamp(), record.key(), null, headers)));
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void put(Headers headers, String name, String value) {
    headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
