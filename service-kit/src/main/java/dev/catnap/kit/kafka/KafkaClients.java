package dev.catnap.kit.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;

/**
 * Makes Kafka clients that read and write text keys and byte values.
 *
 * <p>Names given here get the prefixes of the settings: client {@code gate} becomes {@code
 * catnap.gate}. Whoever asks for a consumer, a producer or an admin closes it; templates and
 * factories are closed with the application.
 */
public final class KafkaClients implements AutoCloseable {
  /** A dead letter is a record of the largest size and some headers. */
  static final int LARGEST_REQUEST = 2 << 20;

  private static final int RECONNECT_AT_MOST_MILLIS = 1_000;
  private static final int UNHURRIED_MILLIS = 250;

  private final CatnapKafkaSettings settings;
  private final MeterRegistry meters;
  private final List<DefaultKafkaProducerFactory<String, byte[]>> producers =
      new CopyOnWriteArrayList<>();

  public KafkaClients(CatnapKafkaSettings settings, MeterRegistry meters) {
    this.settings = settings;
    this.meters = meters;
  }

  /** Where the broker is and how to be let in: what every client and Kafka Streams need. */
  public Map<String, Object> connection() {
    Map<String, Object> config = new HashMap<>();
    config.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    config.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_AT_MOST_MILLIS);
    config.putAll(settings.properties());
    return config;
  }

  /** For the wake path: nothing lost, nothing twice, nothing waits for company. */
  public Map<String, Object> producerConfig(String client) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId(client));
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // Kafka 4 waits 5 ms by default, which is more than the whole round trip takes.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST);
    config.put(
        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) settings.deliveryTimeout().toMillis());
    config.put(
        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) settings.requestTimeout().toMillis());
    config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.maxBlock().toMillis());
    config.putAll(connection());
    return config;
  }

  /**
   * @param group the consumer group without prefix; null: no group
   */
  public Map<String, Object> consumerConfig(String client, @Nullable String group) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId(client));
    if (group != null) {
      config.put(ConsumerConfig.GROUP_ID_CONFIG, groupId(group));
      // A consumer killed holds its partitions this long; the default is 45 s.
      config.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
      config.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
    }
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    // A reader must not create the topic it waits for: it would get the broker's partition count.
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A topic created later than its reader is found within this; the default is 5 minutes.
    config.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, 10_000);
    config.putAll(connection());
    return config;
  }

  public String groupId(String group) {
    return settings.groupPrefix() + group;
  }

  public String clientId(String client) {
    return settings.clientPrefix() + client;
  }

  /**
   * A template with a producer of its own; most need only the shared {@code KafkaTemplate} bean.
   */
  public KafkaTemplate<String, byte[]> template(String client) {
    return template(client, Map.of());
  }

  /**
   * @param differently producer settings that differ from {@link #producerConfig}
   */
  public KafkaTemplate<String, byte[]> template(String client, Map<String, Object> differently) {
    return new KafkaTemplate<>(producerFactory(client, differently));
  }

  DefaultKafkaProducerFactory<String, byte[]> producerFactory(
      String client, Map<String, Object> differently) {
    Map<String, Object> config = producerConfig(client);
    config.putAll(differently);
    DefaultKafkaProducerFactory<String, byte[]> factory = new DefaultKafkaProducerFactory<>(config);
    factory.addListener(new MicrometerProducerListener<>(meters));
    producers.add(factory);
    return factory;
  }

  /**
   * @param group as in {@link #consumerConfig}
   */
  public ConsumerFactory<String, byte[]> consumerFactory(String client, @Nullable String group) {
    return consumerFactory(client, group, Map.of());
  }

  /**
   * @param differently consumer settings that differ from {@link #consumerConfig}
   */
  ConsumerFactory<String, byte[]> consumerFactory(
      String client, @Nullable String group, Map<String, Object> differently) {
    Map<String, Object> config = consumerConfig(client, group);
    config.putAll(differently);
    DefaultKafkaConsumerFactory<String, byte[]> factory = new DefaultKafkaConsumerFactory<>(config);
    factory.addListener(new MicrometerConsumerListener<>(meters));
    return factory;
  }

  /** A consumer without group, as views that follow a topic want it. */
  public Consumer<String, byte[]> consumer(String client) {
    return new KafkaConsumer<>(consumerConfig(client, null));
  }

  /**
   * As {@link #consumer}, for a view that may be a quarter of a second behind: it is not woken for
   * each record, and leaves the processors to those on the wake path.
   */
  public Consumer<String, byte[]> unhurriedConsumer(String client) {
    Map<String, Object> config = consumerConfig(client, null);
    config.putAll(gathering(UNHURRIED_MILLIS));
    return new KafkaConsumer<>(config);
  }

  /** For folds: they are not woken for each record, and gather for as long as the settings say. */
  Map<String, Object> gathering() {
    return gathering((int) settings.gather().toMillis());
  }

  /** The broker answers with 64 KiB, or with what there is after that time. */
  private static Map<String, Object> gathering(int millis) {
    return Map.of(
        ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
        64 << 10,
        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
        millis);
  }

  public Admin admin(String client) {
    Map<String, Object> config = connection();
    config.put(AdminClientConfig.CLIENT_ID_CONFIG, clientId(client));
    config.put(
        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) settings.requestTimeout().toMillis());
    config.put(
        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
        (int) settings.deliveryTimeout().toMillis());
    return Admin.create(config);
  }

  @Override
  public void close() {
    producers.forEach(DefaultKafkaProducerFactory::destroy);
  }
}
