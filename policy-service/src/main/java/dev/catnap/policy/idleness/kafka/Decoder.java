package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.Activity;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.json.MalformedRecordException;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records and says of each whether it is where it belongs.
 *
 * <p>What cannot be read of activity and services goes to the dead letters, for whose topics this
 * service is responsible; of the other topics it is only logged and counted, because their own
 * service puts it aside. Read = forwarded + counted in {@code catnap_policy_unreadable_total}.
 */
final class Decoder extends ContextualProcessor<String, byte[], String, Incoming> {
  /** On records sent to the partition of their service: the topic they come from. */
  static final String ORIGIN = "catnap-origin-topic";

  private static final String CONTAINER = "catnap-container";

  private static final Logger log = LoggerFactory.getLogger(Decoder.class);

  private static final Map<String, Topic<?>> TOPICS =
      Map.of(
          Topics.ACTIVITY.name(), Topics.ACTIVITY,
          Topics.STATE_CHANGES.name(), Topics.STATE_CHANGES,
          Topics.RESOURCE_SAMPLES.name(), Topics.RESOURCE_SAMPLES,
          Topics.SERVICES.name(), Topics.SERVICES);

  private record Decoded(String service, Incoming.Event event) {}

  private final int partitions;
  private final PolicyMeters meters;

  /**
   * @param partitions of each source topic
   */
  Decoder(int partitions, PolicyMeters meters) {
    this.partitions = partitions;
    this.meters = meters;
  }

  @Override
  public void process(Record<String, byte[]> record) {
    RecordMetadata metadata = context().recordMetadata().orElse(null);
    String from = metadata == null ? "" : metadata.topic();
    String origin = origin(from, record.headers());
    String topic = origin == null ? from : origin;
    if (topic.equals(Topics.STATES.name()) && record.value() != null) {
      // The same change is on the topic of state changes; here only its removal is news.
      return;
    }
    try {
      Decoded decoded = decode(topic, record, origin != null);
      boolean isHome = origin != null || metadata == null || isHome(decoded.service(), metadata);
      Record<String, byte[]> keyed = record.withKey(decoded.service());
      if (isHome) {
        context().forward(keyed.withValue(new Incoming.Readable(decoded.event())));
      } else {
        Headers headers = new RecordHeaders(record.headers()).add(ORIGIN, bytes(topic));
        if (decoded.event() instanceof Incoming.Gone(String container, _)) {
          headers.add(CONTAINER, bytes(container));
        }
        context()
            .forward(
                keyed
                    .withValue((Incoming) new Incoming.Misrouted(record.value()))
                    .withHeaders(headers));
      }
    } catch (MalformedRecordException e) {
      putAside(record, topic, metadata, String.valueOf(e.getMessage()));
    }
  }

  private boolean isHome(String service, RecordMetadata metadata) {
    int home = BuiltInPartitioner.partitionForKey(bytes(service), partitions);
    return metadata.partition() == home;
  }

  private static Decoded decode(String name, Record<String, byte[]> record, boolean sentOn) {
    if (name.equals(Topics.STATES.name())) {
      return gone(record, sentOn);
    }
    Topic<?> topic = TOPICS.get(name);
    Object event =
        topic == null
            ? null
            : Records.read(
                topic, record.key(), record.value(), record.headers(), record.timestamp());
    return switch (event) {
      case Activity activity -> new Decoded(activity.service(), new Incoming.Use(activity));
      case StateChange change when change.endsHistory() ->
          new Decoded(change.service(), new Incoming.Gone(change.container(), change.at()));
      case StateChange change -> new Decoded(change.service(), new Incoming.Change(change));
      case ResourceSample sample -> new Decoded(sample.service(), new Incoming.Sample(sample));
      case ServiceDefinition definition ->
          new Decoded(definition.name(), new Incoming.Definition(definition));
      case null, default -> removed(record.key());
    };
  }

  /** The key is {@code service/container}, or the service once it was sent on. */
  private static Decoded gone(Record<String, byte[]> record, boolean sentOn) {
    String key = record.key() == null ? "" : record.key();
    Header header = sentOn ? record.headers().lastHeader(CONTAINER) : null;
    int slash = key.indexOf('/');
    if (header == null && slash < 1) {
      throw new MalformedRecordException("key must be service/container, but it is '" + key + "'");
    }
    String service = header == null ? key.substring(0, slash) : key;
    String container =
        header == null
            ? key.substring(slash + 1)
            : new String(header.value(), StandardCharsets.UTF_8);
    return new Decoded(
        service, new Incoming.Gone(container, Instant.ofEpochMilli(record.timestamp())));
  }

  private static Decoded removed(@Nullable String key) {
    if (key == null) {
      throw new MalformedRecordException("key must be a service name, but it is absent");
    }
    return new Decoded(key, new Incoming.Definition(null));
  }

  private void putAside(
      Record<String, byte[]> record,
      String topic,
      @Nullable RecordMetadata metadata,
      String reason) {
    boolean ours = topic.equals(Topics.ACTIVITY.name()) || topic.equals(Topics.SERVICES.name());
    meters.unreadable(topic);
    log.atWarn()
        .addKeyValue("topic", topic)
        .addKeyValue("partition", metadata == null ? -1 : metadata.partition())
        .addKeyValue("offset", metadata == null ? -1 : metadata.offset())
        .addKeyValue("reason", reason)
        .log(
            ours ? "record put aside, it cannot be read" : "record passed over, it cannot be read");
    if (ours) {
      context()
          .forward(
              record
                  .withValue((Incoming) new Incoming.Unreadable(topic, record.value()))
                  .withHeaders(deadLetterHeaders(record.headers(), topic, metadata, reason)));
    }
  }

  private static Headers deadLetterHeaders(
      Headers original, String topic, @Nullable RecordMetadata metadata, String reason) {
    Headers headers = new RecordHeaders(original);
    headers.add(DeadLetters.REASON, bytes(reason.substring(0, Math.min(1000, reason.length()))));
    headers.add(DeadLetters.TOPIC, bytes(topic));
    headers.add(DeadLetters.SERVICE, bytes(PolicyTopology.SERVICE));
    if (metadata != null) {
      headers.add(DeadLetters.PARTITION, bytes(Integer.toString(metadata.partition())));
      headers.add(DeadLetters.OFFSET, bytes(Long.toString(metadata.offset())));
    }
    return headers;
  }

  /** Only where we sent it on: on a topic that others write to, the header says nothing. */
  private static @Nullable String origin(String from, Headers headers) {
    if (TOPICS.containsKey(from) || from.equals(Topics.STATES.name())) {
      return null;
    }
    Header header = headers.lastHeader(ORIGIN);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
