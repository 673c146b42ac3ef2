package dev.catnap.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.events.ServiceDefinition;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real broker, which is stopped and started under the view. */
class CompactedViewTest {
  private static final Instant THEN = Instant.parse("2026-10-01T08:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private EmbeddedKafka kafka;
  private CompactedView<ServiceDefinition> view;

  @BeforeEach
  void startBroker() {
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
  }

  @AfterEach
  void stopAll() {
    if (view != null) {
      view.close();
    }
    kafka.close();
  }

  private void createTopic(int partitions) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(Topics.SERVICES.name(), partitions, (short) 1)))
          .all()
          .get();
    }
  }

  private Supplier<Consumer<String, byte[]>> consumers() {
    String bootstrap = kafka.bootstrapServers();
    return () ->
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrap, "auto.offset.reset", "earliest"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  @SafeVarargs
  private void publish(ProducerRecord<String, byte[]>... records) throws Exception {
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers(), "linger.ms", 0),
            new StringSerializer(),
            new ByteArraySerializer())) {
      for (ProducerRecord<String, byte[]> record : records) {
        producer.send(record).get();
      }
    }
  }

  private static ProducerRecord<String, byte[]> definition(String name) {
    return Records.write(Topics.SERVICES, ServiceDefinition.adopted(name, THEN), "/catnap/test");
  }

  private static ProducerRecord<String, byte[]> rubbish(String key) {
    return new ProducerRecord<>(
        Topics.SERVICES.name(), key, "rubbish".getBytes(StandardCharsets.UTF_8));
  }

  private CompactedView<ServiceDefinition> startView() {
    view = new CompactedView<>(Topics.SERVICES, consumers());
    return view.start();
  }

  @Test
  void view_hasTheNewestOfEachKey_andPassesOverRubbish() throws Exception {
    createTopic(3);
    publish(
        definition("a"),
        definition("b"),
        rubbish("a"),
        definition("c"),
        Records.remove(Topics.SERVICES, "b"));
    assertThat(startView().awaitCaughtUp(SOON)).isTrue();
    assertThat(view.snapshot()).containsOnlyKeys("a", "c");
  }

  @Test
  void listener_isToldOfEachChange() throws Exception {
    createTopic(1);
    List<String> told = new CopyOnWriteArrayList<>();
    view = new CompactedView<>(Topics.SERVICES, consumers());
    view.addListener((key, value) -> told.add(key + (value == null ? " gone" : " here")));
    view.start();
    publish(definition("a"), Records.remove(Topics.SERVICES, "a"));
    await().atMost(SOON).untilAsserted(() -> assertThat(told).containsExactly("a here", "a gone"));
  }

  @Test
  void view_waitsForATopicThatIsNotThereYet() throws Exception {
    startView();
    assertThat(view.isCaughtUp()).isFalse();
    createTopic(1);
    publish(definition("late"));
    await().atMost(SOON).untilAsserted(() -> assertThat(view.get("late")).isNotNull());
    assertThat(view.isCaughtUp()).isTrue();
  }

  @Test
  void view_keepsWhatItKnowsWhileTheBrokerIsAway_andGoesOnAfterwards() throws Exception {
    createTopic(2);
    publish(definition("a"));
    assertThat(startView().awaitCaughtUp(SOON)).isTrue();
    assertThat(view.isConnected()).isTrue();
    kafka.close();
    await().atMost(SOON).until(() -> !view.isConnected());
    assertThat(view.get("a")).isNotNull();
    kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(directory));
    publish(definition("b"));
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(view.snapshot()).containsOnlyKeys("a", "b"));
    assertThat(view.isConnected()).isTrue();
  }

  @Test
  void follower_startsAtTheTimeAskedFor() throws Exception {
    createTopic(1);
    publish(
        new ProducerRecord<>(
            Topics.SERVICES.name(), null, 1_000L, "old", "{}".getBytes(StandardCharsets.UTF_8)),
        new ProducerRecord<>(
            Topics.SERVICES.name(), null, 2_000L, "new", "{}".getBytes(StandardCharsets.UTF_8)));
    List<String> read = new CopyOnWriteArrayList<>();
    try (TopicFollower<ServiceDefinition> follower =
        new TopicFollower<>(
            Topics.SERVICES,
            consumers(),
            Instant.ofEpochMilli(1_500),
            (record, event) -> read.add(record.key()))) {
      assertThat(follower.start().awaitCaughtUp(SOON)).isTrue();
      assertThat(read).containsExactly("new");
    }
  }
}
