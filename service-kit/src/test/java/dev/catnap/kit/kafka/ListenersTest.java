package dev.catnap.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaProbe.Message;
import dev.catnap.testkit.KafkaServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(classes = ListenerApp.class, webEnvironment = SpringBootTest.WebEnvironment.NONE)
class ListenersTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static KafkaProbe probe;

  @Autowired ListenerApp.One one;
  @Autowired ListenerApp.Two two;
  @Autowired DeadLetters deadLetters;
  @Autowired TopicCreator topics;
  @Autowired KafkaClients clients;
  @Autowired MeterRegistry meters;

  @DynamicPropertySource
  static void broker(DynamicPropertyRegistry registry) {
    KafkaServer server = KafkaServer.shared();
    try (KafkaProbe before = server.probe()) {
      before.createTopic("catnap.services", 2);
    }
    registry.add("catnap.kafka.bootstrap-servers", server::bootstrapServers);
    registry.add("catnap.kafka.partitions", () -> 3);
    registry.add("catnap.kafka.start-wait", () -> "10s");
  }

  @BeforeAll
  static void probe() {
    probe = KafkaServer.shared().probe();
  }

  @AfterAll
  static void close() {
    probe.close();
  }

  private static void activity(String service) {
    probe.send("catnap.activity", "key", "{\"service\":\"" + service + "\"}");
  }

  @Test
  void topics_areCreatedAsTheContractSays() throws Exception {
    assertThat(topics.ready()).isCompleted();
    try (Admin admin = clients.admin("test")) {
      assertThat(partitions(admin, "catnap.activity")).isEqualTo(3);
      assertThat(partitions(admin, "catnap.activity.dlt")).isEqualTo(1);
      assertThat(config(admin, "catnap.activity", "retention.ms"))
          .isEqualTo(Long.toString(Duration.ofDays(30).toMillis()));
      assertThat(config(admin, "catnap.state-changes", "retention.ms")).isEqualTo("-1");
      assertThat(config(admin, "catnap.states", "cleanup.policy")).isEqualTo("compact");
    }
  }

  @Test
  void topicThatExists_isLeftAsItIs() throws Exception {
    try (Admin admin = clients.admin("test")) {
      assertThat(partitions(admin, "catnap.services")).isEqualTo(2);
    }
  }

  private static int partitions(Admin admin, String topic) throws Exception {
    return admin
        .describeTopics(List.of(topic))
        .allTopicNames()
        .get(10, TimeUnit.SECONDS)
        .get(topic)
        .partitions()
        .size();
  }

  private static String config(Admin admin, String topic, String name)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Map<ConfigResource, Config> found = admin.describeConfigs(List.of(resource)).all().get();
    return found.get(resource).get(name).value();
  }

  @Test
  void unreadableRecord_isPutAsideAtOnceAndThePartitionGoesOn() {
    double before = count("catnap.activity", "one");
    probe.send("catnap.activity", "key", "{\"service\":", Map.of("trace", "t-1"));
    activity("after-unreadable");

    await().atMost(SOON).until(() -> one.seen.contains("after-unreadable"));
    Message dead =
        probe.awaitFirst(
            "catnap.activity.dlt", SOON, message -> "{\"service\":".equals(message.value()));
    assertThat(dead.key()).isEqualTo("key");
    assertThat(dead.headers())
        .containsEntry("trace", "t-1")
        .containsEntry("catnap-dlt-topic", "catnap.activity")
        .containsEntry("catnap-dlt-service", "one")
        .containsKeys("catnap-dlt-partition", "catnap-dlt-offset");
    assertThat(dead.headers().get("catnap-dlt-reason")).contains("must be");
    assertThat(count("catnap.activity", "one")).isEqualTo(before + 1);
  }

  @Test
  void somethingAway_isWaitedForAndNothingIsLost() {
    AtomicInteger tries = new AtomicInteger();
    one.before.set(activity -> {
      if (tries.incrementAndGet() <= 8) {
        throw new IllegalStateException("the database is away");
      }
    });
    activity("w-1");
    activity("w-2");
    await().atMost(SOON).until(() -> tries.get() >= 3);
    assertThat(waiting("one")).isEqualTo(1);

    tries.set(8);
    await().atMost(SOON).until(() -> one.seen.contains("w-2"));
    assertThat(one.seen.stream().filter(seen -> seen.startsWith("w-")))
        .containsExactly("w-1", "w-2");
    assertThat(waiting("one")).isZero();
    one.before.set(activity -> {});
  }

  @Test
  void defect_isTriedFiveTimesAndThenPutAside() {
    AtomicInteger tries = new AtomicInteger();
    one.before.set(activity -> {
      if (activity.service().equals("defect")) {
        tries.incrementAndGet();
        throw new NullPointerException("our fault");
      }
    });
    activity("defect");
    activity("after-defect");

    await().atMost(SOON).until(() -> one.seen.contains("after-defect"));
    Message dead =
        probe.awaitFirst(
            "catnap.activity.dlt",
            SOON,
            message -> String.valueOf(message.value()).contains("defect"));
    assertThat(dead.headers().get("catnap-dlt-reason"))
        .isEqualTo("failed 5 times: java.lang.NullPointerException: our fault");
    assertThat(tries).hasValue(5);
    assertThat(waiting("one")).isZero();
    one.before.set(activity -> {});
  }

  @Test
  void batch_leavesOutTheUnreadableAndWaitsForWhatIsAway() {
    AtomicInteger tries = new AtomicInteger();
    two.before.set(() -> {
      if (tries.incrementAndGet() < 4) {
        throw new IllegalStateException("the database is away");
      }
    });
    probe.send("catnap.commands", "key", command("batch-1"));
    probe.send("catnap.commands", "key", "nonsense");
    probe.send("catnap.commands", "key", command("batch-2"));

    await().atMost(SOON).until(() -> two.seen.contains("batch-2"));
    assertThat(two.seen).containsExactly("batch-1", "batch-2");
    Message dead =
        probe.awaitFirst(
            "catnap.commands.dlt", SOON, message -> "nonsense".equals(message.value()));
    assertThat(dead.headers()).containsEntry("catnap-dlt-service", "two");
    assertThat(waiting("two")).isZero();
  }

  private static String command(String service) {
    return """
    {"id":"c-%s","service":"%s","action":"WAKE","at":"2026-01-31T08:00:00Z",
     "reason":"manual","rule":"manual"}\
    """
        .formatted(service, service);
  }

  @Test
  void recordTooLargeEvenForTheDeadLetters_leavesItsSizeAndPlace() {
    byte[] large = new byte[KafkaClients.LARGEST_REQUEST + 1];
    deadLetters.publish(
        new ConsumerRecord<>("catnap.activity", 2, 77L, "large", large), "too large", "one");
    Message dead =
        probe.awaitFirst("catnap.activity.dlt", SOON, message -> "large".equals(message.key()));
    assertThat(dead.value()).isNull();
    assertThat(dead.headers())
        .containsEntry("catnap-dlt-omitted-bytes", Integer.toString(large.length))
        .containsEntry("catnap-dlt-partition", "2")
        .containsEntry("catnap-dlt-offset", "77");
  }

  @Test
  void fewOfTheClientsMeters_areKept() {
    await()
        .atMost(SOON)
        .until(() -> meters.find("kafka.consumer.fetch.manager.records.lag.max").meter() != null);
    assertThat(meters.getMeters())
        .extracting(meter -> meter.getId().getName())
        .filteredOn(name -> name.startsWith("kafka."))
        .allMatch(name ->
            name.startsWith("kafka.consumer.fetch.manager.records")
                || name.startsWith("kafka.producer.re"));
  }

  private double count(String topic, String service) {
    return meters.counter("catnap.dead.letters", "topic", topic, "service", service).count();
  }

  private double waiting(String service) {
    return meters.get("catnap.listener.partitions.waiting").tag("service", service).gauge().value();
  }
}
