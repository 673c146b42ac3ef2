package dev.catnap.policy.idleness.kafka;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Kafka Streams tuned for the wake path and for a small process. */
final class StreamsProperties {
  private static final long CACHE_BYTES = 4L << 20;

  private StreamsProperties() {}

  static Properties of(StreamsSettings settings, Map<String, Object> connection) {
    Properties properties = new Properties();
    properties.putAll(connection);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, settings.applicationId());
    properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, settings.standbyReplicas());
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.commitInterval().toMillis());
    // Ticks come no more often than polls return.
    properties.put(StreamsConfig.POLL_MS_CONFIG, Math.min(100, settings.tick().toMillis() / 2));
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE_BYTES);
    // As the broker has it.
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, -1);
    properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, TooLargeToSendOn.class);
    properties.putAll(producer());
    properties.putAll(consumer(settings));
    String advertised = settings.advertised().get();
    if (advertised != null) {
      properties.put(StreamsConfig.APPLICATION_SERVER_CONFIG, advertised);
    }
    if (settings.instanceId() != null) {
      properties.put(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
          settings.applicationId() + "-" + settings.instanceId());
    }
    return properties;
  }

  private static Map<String, Object> producer() {
    return Map.of(
        // Streams waits 100 ms for company by default: the whole wake takes less.
        StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
        0,
        StreamsConfig.producerPrefix(ProducerConfig.ACKS_CONFIG),
        "all");
  }

  private static Map<String, Object> consumer(StreamsSettings settings) {
    int session = Math.toIntExact(settings.sessionTimeout().toMillis());
    return Map.of(
        StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG),
        "earliest",
        StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG),
        session,
        // Who stays hears of a rebalance with its next heartbeat.
        StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
        session / 5,
        StreamsConfig.consumerPrefix(CommonClientConfigs.METADATA_MAX_AGE_CONFIG),
        10_000);
  }
}
