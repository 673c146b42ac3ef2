package dev.catnap.metrics;

import static dev.catnap.events.RunState.RUNNING;
import static dev.catnap.events.RunState.SLEEPING;
import static dev.catnap.events.RunState.WAKING;
import static dev.catnap.metrics.Changes.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.fold.jdbc.Retention;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Through the broker into the tables: duplicates, any order, restarts, rebuilds, rubbish. */
class FoldingTest {
  private static final KafkaServer BROKER = KafkaServer.shared();
  private static int runs;
  private final Random random = new Random(7);
  private final PostgresServer.Database database = PostgresServer.shared().freshDatabase();
  private final String run = "fold-" + runs++;
  private Service service;

  @BeforeEach
  void start() {
    service = new Service(BROKER.bootstrapServers(), database, run).start();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** Of one service: a wake or a sleep a minute. */
  private List<StateChange> nights(String name, int count) {
    List<StateChange> changes = new ArrayList<>();
    RunState[] round = {RUNNING, SLEEPING, WAKING};
    for (int i = 0; i < count; i++) {
      changes.add(
          Changes.change(
              name,
              name + "-" + i,
              round[(i + 2) % 3],
              round[i % 3],
              T0.plusSeconds(60L * i).plusNanos(123_456_789)));
    }
    return changes;
  }

  private List<ResourceSample> samples(String name, int count) {
    List<ResourceSample> samples = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      samples.add(
          new ResourceSample(
              name,
              name,
              "host-1",
              T0.plusSeconds(10L * i),
              10_000,
              random.nextDouble(),
              null,
              random.nextInt(1_000_000),
              null,
              3,
              1,
              2,
              3,
              4));
    }
    return samples;
  }

  private List<Activity> requests(String name, int count) {
    List<Activity> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String id = i % 2 == 0 ? name + "-r" + i : null;
      requests.add(
          new Activity(
              name, T0.plusMillis(500L * i), ActivityKind.REQUEST, 1 + i % 3, null, null, id));
    }
    return requests;
  }

  /** Everything, what has an identity twice, in any order. */
  private <V> void publishAnyhow(Topic<V> topic, List<V> events, boolean twice) {
    List<V> told = new ArrayList<>(events);
    if (twice) {
      told.addAll(events);
    }
    Collections.shuffle(told, random);
    service.publish(topic, told);
  }

  private void awaitCaughtUp() {
    service.await(lastOffsets(), Long.toString(recordsOnTopics()));
    service.await("SELECT count(*) FROM dirty", "0");
  }

  private static String lastOffsets() {
    return "SELECT coalesce(sum(next_offset), 0)::bigint FROM fold_offset";
  }

  private static long recordsOnTopics() {
    try (KafkaProbe probe = BROKER.probe()) {
      return List.of(Topics.STATE_CHANGES, Topics.RESOURCE_SAMPLES, Topics.ACTIVITY).stream()
          .mapToLong(topic -> probe.readAll(topic.name()).size())
          .sum();
    }
  }

  @Test
  void duplicatesAndAnyOrder_giveTheRowsOfOrder() {
    String name = run + "-a";
    publishAnyhow(Topics.STATE_CHANGES, nights(name, 300), true);
    awaitCaughtUp();

    String of = " WHERE service = '" + name + "'";
    assertThat(service.value("SELECT count(*) FROM state_interval" + of)).isEqualTo("300");
    assertThat(
            service.value(
                "SELECT count(*) FROM state_interval" + of + " AND ended_at - started_at = '60 s'"))
        .isEqualTo("299");
    assertThat(service.value("SELECT count(*) FROM state_interval" + of + " AND ended_at IS NULL"))
        .isEqualTo("1");
    assertThat(service.value("SELECT count(*) FROM wake" + of)).isEqualTo("100");
    assertThat(
            service.value(
                "SELECT count(*) FROM wake"
                    + of
                    + " AND woken_from = 'SLEEPING' AND latency_micros = 60000000"))
        .isEqualTo("99");
  }

  @Test
  void tablesThrownAway_areFilledFromTheLogWithTheSameRows() {
    String name = run + "-b";
    publishAnyhow(Topics.STATE_CHANGES, nights(name, 200), true);
    publishAnyhow(Topics.RESOURCE_SAMPLES, samples(name, 500), true);
    // Of what does not run: no use to be summed.
    publishAnyhow(
        Topics.RESOURCE_SAMPLES,
        List.of(ResourceSample.ofStorage(name, name, "host-1", T0.plusSeconds(5), 42)),
        true);
    publishAnyhow(Topics.ACTIVITY, requests(name, 400), false);
    awaitCaughtUp();
    List<String> before = service.export();

    service.stop();
    service.truncate();
    service.start("--catnap.metrics-aggregator.batch-size=37");
    awaitCaughtUp();

    assertThat(service.export()).isEqualTo(before);
    assertThat(service.value("SELECT sum(samples) FROM usage_day WHERE service = '" + name + "'"))
        .isEqualTo("500");
  }

  @Test
  void stoppedInTheMiddle_goesOnWithoutLossOrRepetition() {
    String name = run + "-c";
    service.publish(Topics.ACTIVITY, requests(name, 8_000));
    service.await(
        "SELECT (count(*) > 1000)::text FROM activity WHERE service = '" + name + "'", "true");
    service.stop();
    service.start();
    awaitCaughtUp();

    String expected =
        Long.toString(requests(name, 8_000).stream().mapToLong(Activity::count).sum());
    assertThat(
            service.value("SELECT sum(count) FROM activity_minute WHERE service = '" + name + "'"))
        .isEqualTo(expected);
  }

  @Test
  void repeatedId_countsOnceAsTheEarliest() {
    String name = run + "-d";
    Activity early = new Activity(name, T0, ActivityKind.REQUEST, 1, null, null, "same");
    Activity late =
        new Activity(name, T0.plusSeconds(600), ActivityKind.REQUEST, 1, null, null, "same");
    service.publish(Topics.ACTIVITY, List.of(late));
    awaitCaughtUp();
    service.publish(Topics.ACTIVITY, List.of(early, late));
    awaitCaughtUp();

    assertThat(
            service.rows(
                "SELECT bucket AT TIME ZONE 'UTC' FROM activity_minute WHERE count = 1 AND service = '"
                    + name
                    + "'"))
        .containsExactly(Changes.DAY + " 10:00:00");
  }

  @Test
  void whatComesForADayWhoseDetailsAreDeleted_isLeftOut() {
    String name = run + "-f";
    service.publish(Topics.RESOURCE_SAMPLES, samples(name, 12));
    awaitCaughtUp();
    String of = " WHERE service = '" + name + "'";

    Duration week = Duration.ofDays(7);
    new Retention(service.bean(MetricsDatabase.class))
        .apply(T0.plus(Duration.ofDays(8)), new Retention.Kept(week, week, week, week));
    service.publish(Topics.RESOURCE_SAMPLES, samples(name, 13));
    awaitCaughtUp();

    assertThat(service.value("SELECT count(*) FROM resource_sample" + of)).isEqualTo("0");
    assertThat(service.value("SELECT count(*) FROM usage_minute" + of)).isEqualTo("0");
    assertThat(service.value("SELECT count(*) FROM sealed_day WHERE day = '" + Changes.DAY + "'"))
        .isEqualTo("1");
  }

  @Test
  void rubbish_isPutAsideAndThePartitionGoesOn() {
    String name = run + "-e";
    String changes = Topics.STATE_CHANGES.name();
    service.publishText(changes, name, "not json");
    service.publishText(changes, name, nul(name));
    service.publishText(Topics.RESOURCE_SAMPLES.name(), name, "{\"service\":\"" + name + "\"}");
    service.publishText(Topics.ACTIVITY.name(), name, "[]");
    service.publish(Topics.STATE_CHANGES, nights(name, 1));
    awaitCaughtUp();

    service.await("SELECT count(*) FROM state_change WHERE service = '" + name + "'", "1");
    try (KafkaProbe probe = BROKER.probe()) {
      List<KafkaProbe.Message> aside =
          probe.await(
              changes + ".dlt",
              Duration.ofSeconds(10),
              all -> all.stream().filter(one -> name.equals(one.key())).count() == 2);
      assertThat(aside)
          .filteredOn(one -> name.equals(one.key()))
          .extracting(one -> one.headers().get("catnap-dlt-reason"))
          .anySatisfy(reason -> assertThat(reason).contains("JSON"))
          .anySatisfy(reason -> assertThat(reason).contains("NUL"));
      assertThat(probe.readAll(Topics.ACTIVITY.name() + ".dlt"))
          .noneMatch(one -> name.equals(one.key()));
    }
  }

  private static String nul(String name) {
    return "{\"id\":\"x\\u0000\",\"service\":\"%s\",\"container\":\"c\",\"host\":\"h\",\"from\":\"RUNNING\",\"to\":\"SLEEPING\",\"at\":\"2026-03-01T10:00:00Z\",\"reason\":\"idle\"}"
        .formatted(name);
  }
}
