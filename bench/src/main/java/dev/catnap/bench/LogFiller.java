package dev.catnap.bench;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.Reason;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Fills topics with history that looks like real one, the same each time. */
final class LogFiller implements AutoCloseable {
  static final int PARTITIONS = 4;

  private static final int SAMPLE_SECONDS = 5;
  private static final RunState[] ROUND = {
    RunState.RUNNING, RunState.FALLING_ASLEEP, RunState.SLEEPING, RunState.WAKING
  };

  /** Yesterday back: nothing of it is out of date, and nothing lies in the future. */
  static final Instant END = Instant.now().truncatedTo(ChronoUnit.DAYS);

  private final KafkaProducer<String, byte[]> producer;
  private final Random random = new Random(1);

  LogFiller(String brokers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      admin
          .createTopics(
              Stream.of(Topics.ACTIVITY, Topics.STATE_CHANGES, Topics.RESOURCE_SAMPLES)
                  .map(topic ->
                      new NewTopic(topic.name(), PARTITIONS, (short) 1)
                          .configs(Map.of("retention.ms", "-1")))
                  .toList())
          .all()
          .get();
    }
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", brokers, "linger.ms", "5", "batch.size", "131072"),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  private <V> void send(Topic<V> topic, V event) {
    producer.send(Records.write(topic, event, "/bench"));
  }

  static List<String> services(int count) {
    return IntStream.range(0, count).mapToObj("service-%03d"::formatted).toList();
  }

  /** The sample with that number: every five seconds one of each service. */
  static ResourceSample sample(int number, int count, List<String> services, Random random) {
    String service = services.get(number % services.size());
    long step = number / services.size();
    long steps = count / services.size();
    return new ResourceSample(
        service,
        service + "-1",
        "host-1",
        END.minusSeconds((steps - step) * SAMPLE_SECONDS),
        SAMPLE_SECONDS * 1_000,
        Math.abs(random.nextGaussian()) * 0.1,
        0.5,
        100_000_000 + random.nextInt(20_000_000),
        268_435_456L,
        10,
        random.nextInt(10_000),
        random.nextInt(10_000),
        random.nextInt(10_000),
        random.nextInt(10_000));
  }

  void samples(int count, List<String> services) {
    for (int i = 0; i < count; i++) {
      send(Topics.RESOURCE_SAMPLES, sample(i, count, services, random));
    }
    producer.flush();
  }

  /** Spread over 30 days, each with an id. */
  void activities(int count, List<String> services) {
    long spacing = 30L * 86_400_000 / Math.max(1, count);
    for (int i = 0; i < count; i++) {
      send(
          Topics.ACTIVITY,
          new Activity(
              services.get(i % services.size()),
              END.minusMillis((count - i) * spacing),
              ActivityKind.REQUEST,
              1,
              null,
              "gate",
              "request-" + i));
    }
    producer.flush();
  }

  /** Spread over 30 days, one change of each service after the other. */
  void changes(int count, List<String> services) {
    long spacing = 30L * 86_400_000 / Math.max(1, count);
    for (int i = 0; i < count; i++) {
      int step = i / services.size();
      String service = services.get(i % services.size());
      send(
          Topics.STATE_CHANGES,
          new StateChange(
              "change-" + i,
              service,
              service + "-1",
              "host-1",
              ROUND[(step + 3) % 4],
              ROUND[step % 4],
              END.minusMillis((count - i) * spacing),
              Reason.ACTIVITY));
    }
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}
