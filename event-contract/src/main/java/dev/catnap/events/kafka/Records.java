package dev.catnap.events.kafka;

import dev.catnap.events.json.Envelope;
import dev.catnap.events.json.Json;
import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.events.json.UtcTimes;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Events as Kafka records: CloudEvents 1.0 in binary mode, and one version header.
 *
 * <p>Read are binary mode, structured mode ({@code content-type: application/cloudevents+json}) and
 * plain JSON without any header. The version grows only when a reader of the old version would
 * misunderstand a record; a new optional field does not count. A version above ours is refused
 * rather than guessed at.
 */
public final class Records {
  public static final String VERSION_HEADER = "catnap-version";
  public static final int VERSION = 1;

  /** As brokers allow it of the time of a record itself, unless told otherwise. */
  private static final Duration AHEAD_AT_MOST = Duration.ofHours(1);

  private static final String OURS = Integer.toString(VERSION);

  private static final String CONTENT_TYPE = "content-type";
  private static final String STRUCTURED = "application/cloudevents";

  private Records() {}

  /**
   * @param source who writes it, such as {@code /catnap/policy-service}
   */
  public static <V> ProducerRecord<String, byte[]> write(Topic<V> topic, V event, String source) {
    Headers headers = new RecordHeaders();
    add(headers, VERSION_HEADER, Integer.toString(VERSION));
    add(headers, "ce_specversion", "1.0");
    add(headers, "ce_type", topic.type() + ".v" + VERSION);
    add(headers, "ce_source", source);
    String id = topic.idOf().apply(event);
    add(headers, "ce_id", id == null ? UUID.randomUUID().toString() : id);
    Instant time = topic.timeOf().apply(event);
    add(headers, "ce_time", time.toString());
    add(headers, CONTENT_TYPE, "application/json");
    return new ProducerRecord<>(
        topic.name(),
        null,
        Math.max(0, time.toEpochMilli()),
        topic.keyOf().apply(event),
        topic.codec().write(event),
        headers);
  }

  /** The record that removes a key from a compacted topic. */
  public static ProducerRecord<String, byte[]> remove(Topic<?> topic, String key) {
    return new ProducerRecord<>(topic.name(), key, null);
  }

  /**
   * @return null for a removal on a compacted topic
   * @throws MalformedRecordException when it cannot be read
   */
  public static <V> @Nullable V read(Topic<V> topic, ConsumerRecord<String, byte[]> record) {
    return read(topic, record.key(), record.value(), record.headers(), record.timestamp());
  }

  /** As {@link #read(Topic, ConsumerRecord)}, for readers that hold the parts. */
  public static <V> @Nullable V read(
      Topic<V> topic,
      @Nullable String key,
      byte @Nullable [] value,
      Headers headers,
      long timestamp) {
    if (value == null) {
      if (topic.compacted()) {
        return null;
      }
      throw new MalformedRecordException("value must be given, but it is absent");
    }
    refuseNewerVersion(headers);
    Instant receivedAt = Instant.ofEpochMilli(Math.max(0, timestamp));
    V event =
        text(headers, CONTENT_TYPE) instanceof String type && type.startsWith(STRUCTURED)
            ? readStructured(topic, key, value, receivedAt)
            : topic.codec().read(value, envelope(key, headers, receivedAt));
    refuseFromTheFuture(topic.timeOf().apply(event), timestamp);
    return event;
  }

  /** The newest change of a state counts: one from the future would count until then. */
  private static void refuseFromTheFuture(Instant time, long timestamp) {
    if (timestamp > 0 && time.isAfter(Instant.ofEpochMilli(timestamp).plus(AHEAD_AT_MOST))) {
      throw new MalformedRecordException(
          "time must be at most "
              + AHEAD_AT_MOST.toSeconds()
              + " s after that of the record, "
              + Instant.ofEpochMilli(timestamp)
              + ", but it is '"
              + time
              + "'");
    }
  }

  private static void refuseNewerVersion(Headers headers) {
    String version = text(headers, VERSION_HEADER);
    if (version == null || version.equals(OURS)) {
      return;
    }
    boolean known = version.matches("[0-9]{1,4}") && Integer.parseInt(version) <= VERSION;
    if (!known) {
      throw new MalformedRecordException(
          "header "
              + VERSION_HEADER
              + " must be a number of at most "
              + VERSION
              + ", but it is '"
              + version
              + "'");
    }
  }

  private static Envelope envelope(@Nullable String key, Headers headers, Instant receivedAt) {
    if (text(headers, "ce_specversion") == null) {
      return Envelope.plain(key, receivedAt);
    }
    return new Envelope(
        key,
        receivedAt,
        text(headers, "ce_id"),
        time(text(headers, "ce_time")),
        text(headers, "ce_source"));
  }

  private static <V> V readStructured(
      Topic<V> topic, @Nullable String key, byte[] value, Instant receivedAt) {
    JsonNode event = parse(value);
    JsonNode data = event.get("data");
    if (data == null || data.isNull()) {
      throw new MalformedRecordException("data must be given in a CloudEvent, but it is absent");
    }
    Envelope envelope =
        new Envelope(
            key, receivedAt, text(event, "id"), time(text(event, "time")), text(event, "source"));
    return topic.codec().read(Json.MAPPER.writeValueAsBytes(data), envelope);
  }

  private static JsonNode parse(byte[] value) {
    try {
      return Json.MAPPER.readTree(value);
    } catch (tools.jackson.core.JacksonException e) {
      throw new MalformedRecordException(Json.explain(e), e);
    }
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      if (text == null) {
        return null;
      }
      Instant asWeWrite = UtcTimes.read(text);
      if (asWeWrite != null) {
        return asWeWrite;
      }
      return text.endsWith("Z") ? Instant.parse(text) : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new MalformedRecordException("time must be RFC 3339, but it is '" + text + "'", e);
    }
  }

  private static @Nullable String text(JsonNode event, String field) {
    JsonNode node = event.get(field);
    return node == null || node.isNull() ? null : node.asString();
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void add(Headers headers, String name, String value) {
    headers.add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
