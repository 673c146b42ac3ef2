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
import dev.catnap.events.kafka.Topics;
import dev.catnap.metrics.fold.jdbc.FoldTransaction;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** History built anew and filled up, over the bus, while it is asked, and through a kill. */
class ReplayTest {
  /** A rebuild reads all that is on the topics: other tests' records have no business there. */
  private static final KafkaServer BROKER = KafkaServer.privateServer();

  /** How many wait for a lock that others have. */
  private static final String WAITING =
      "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database"
          + " WHERE d.datname = current_database() AND locktype = 'advisory' AND NOT granted";

  private static int runs;
  private final Random random = new Random(11);
  private final PostgresServer.Database database = PostgresServer.shared().freshDatabase();
  private final String name = "replay-" + runs++;
  private Service service;

  @BeforeEach
  void publishAnyhow() {
    service = new Service(BROKER.bootstrapServers(), database, name).start();
    List<StateChange> changes = new ArrayList<>();
    List<ResourceSample> samples = new ArrayList<>();
    List<Activity> requests = new ArrayList<>();
    RunState[] round = {RUNNING, SLEEPING, WAKING};
    for (int i = 0; i < 120; i++) {
      changes.add(
          Changes.change(
              name, name + i, round[(i + 2) % 3], round[i % 3], T0.plusSeconds(60L * i)));
      samples.add(sample(i));
    }
    for (int i = 0; i < 3_000; i++) {
      requests.add(
          new Activity(
              name, T0.plusMillis(700L * i), ActivityKind.REQUEST, 1, null, null, name + i));
    }
    service.publish(Topics.STATE_CHANGES, twiceInAnyOrder(changes));
    service.publish(Topics.RESOURCE_SAMPLES, twiceInAnyOrder(samples));
    service.publish(Topics.ACTIVITY, twiceInAnyOrder(requests));
    awaitCaughtUp();
  }

  private ResourceSample sample(int i) {
    return new ResourceSample(
        name,
        name,
        "host",
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
        4);
  }

  private <V> List<V> twiceInAnyOrder(List<V> events) {
    List<V> told = new ArrayList<>(events);
    told.addAll(events);
    Collections.shuffle(told, random);
    return told;
  }

  private void awaitCaughtUp() {
    try (KafkaProbe probe = BROKER.probe()) {
      long records =
          List.of(Topics.STATE_CHANGES, Topics.RESOURCE_SAMPLES, Topics.ACTIVITY).stream()
              .mapToLong(topic -> probe.readAll(topic.name()).size())
              .sum();
      service.await(
          "SELECT coalesce(sum(next_offset), 0)::bigint FROM fold_offset", Long.toString(records));
    }
    service.await("SELECT count(*) FROM dirty", "0");
  }

  @AfterAll
  static void stopBroker() {
    BROKER.close();
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private String ask(String query) {
    HttpProbe.Answer asked = service.http().post("/metrics/replays" + query, "");
    assertThat(asked.status()).isEqualTo(202);
    return asked.json().get("id").asString();
  }

  private HttpProbe.Answer awaitDone(String id) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .ignoreExceptions()
        .until(
            () -> service.http().get("/metrics/replays/" + id).json().get("state").asString(),
            "done"::equals);
    return service.http().get("/metrics/replays/" + id);
  }

  @Test
  void rebuild_givesTheSameTablesInOneStep_whileTheyAreAsked() throws SQLException {
    execute(
        "INSERT INTO applied_recommendation (id, service, at, watched_until, status)"
            + " VALUES ('by-hand', '"
            + name
            + "', now(), now(), 'KEPT')");
    List<String> before = service.export();
    List<String> indexesBefore = indexes();
    String sleeps =
        service.http().get("/metrics/sleep-wake?service=" + name + "&window=24h").body();

    String id = ask("");
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> {
          HttpProbe.Answer asked =
              service.http().get("/metrics/sleep-wake?service=" + name + "&window=24h");
          assertThat(asked.status()).isEqualTo(200);
          assertThat(asked.body()).isEqualTo(sleeps);
          return service
              .http()
              .get("/metrics/replays/" + id)
              .json()
              .get("state")
              .asString()
              .equals("done");
        });

    assertThat(service.export()).isEqualTo(before);
    assertThat(service.value("SELECT number FROM generation")).isEqualTo("2");
    assertThat(service.rows("SELECT id FROM applied_recommendation")).containsExactly("by-hand");
    assertThat(indexes()).isEqualTo(indexesBefore);
    HttpProbe.Answer done = awaitDone(id);
    assertThat(done.json().get("recordsRead").asLong())
        .isEqualTo(done.json().get("recordsTotal").asLong())
        .isPositive();
    done.json()
        .get("counts")
        .forEach(rows -> assertThat(rows.get("after")).isEqualTo(rows.get("before")));

    service.publish(Topics.RESOURCE_SAMPLES, List.of(sample(200)));
    service.await("SELECT sum(samples) FROM usage_day WHERE service = '" + name + "'", "121");
  }

  @Test
  void backfill_addsWhatIsMissing_alsoOnDaysWhoseDetailsAreDeleted() throws SQLException {
    List<String> before = service.export();
    execute(
        "DELETE FROM state_interval",
        "DELETE FROM state_change WHERE service = '" + name + "'",
        "DROP TABLE resource_sample_" + day(),
        "DROP TABLE activity_" + day(),
        "DELETE FROM usage_minute",
        "INSERT INTO sealed_day VALUES ('" + Changes.DAY + "')");

    HttpProbe.Answer done = awaitDone(ask("?from=" + T0.minusSeconds(60)));

    assertThat(done.json().get("counts").get("resource_sample").get("before").asLong()).isZero();
    assertThat(service.value("SELECT count(*) FROM state_change WHERE service = '" + name + "'"))
        .isEqualTo("120");
    assertThat(service.export().stream().filter(row -> !row.startsWith("state_")).toList())
        .isEqualTo(before.stream().filter(row -> !row.startsWith("state_")).toList());
  }

  @Test
  void killedInTheMiddle_aRebuildGoesOnAndGivesTheSameTables() throws Exception {
    List<String> before = service.export();
    service.stop();
    execute(
        "INSERT INTO replay (id, kind, state, asked_at) VALUES"
            + " ('00000000-0000-0000-0000-000000000001', 'rebuild', 'waiting', now())");
    try (Connection holding = database.connect();
        Statement statement = holding.createStatement()) {
      // Nobody can put the new tables in place of the old ones as long as somebody folds.
      statement.execute("SELECT pg_advisory_lock_shared(" + FoldTransaction.LOCK + ")");
      Process process = serviceInAProcess();
      try {
        service.await("SELECT count(*) > 0 FROM metrics_next.fold_offset", "t");
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
    }
    assertThat(service.value("SELECT state FROM replay")).isEqualTo("running");

    service.start();
    awaitDone("00000000-0000-0000-0000-000000000001");

    assertThat(service.export()).isEqualTo(before);
  }

  @Test
  void killedBetweenHistoryAndActivity_aRebuildGoesOnSettlingAndGivesTheSameTables()
      throws Exception {
    List<String> before = service.export();
    service.stop();
    execute(
        "INSERT INTO replay (id, kind, state, asked_at) VALUES"
            + " ('00000000-0000-0000-0000-000000000002', 'rebuild', 'waiting', now())");
    try (Connection reading = database.connect();
        Statement folds = reading.createStatement();
        Connection attaching = database.connect();
        Statement days = attaching.createStatement()) {
      // Nobody folds into the new tables as long as somebody has their lock.
      folds.execute("SELECT pg_advisory_lock(" + (FoldTransaction.LOCK + 1) + ")");
      Process process = serviceInAProcess();
      try {
        service.await(WAITING.replace("count(*)", "count(*) > 0"), "t");
        attaching.setAutoCommit(false);
        // No day becomes a part of this table as long as somebody has this lock.
        days.execute("LOCK TABLE metrics_next.activity IN SHARE UPDATE EXCLUSIVE MODE");
        folds.execute("SELECT pg_advisory_unlock(" + (FoldTransaction.LOCK + 1) + ")");
        service.await(
            "SELECT count(*) FROM pg_locks"
                + " WHERE relation = 'metrics_next.activity'::regclass AND NOT granted",
            "1");
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      } finally {
        process.destroyForcibly();
      }
    }
    assertThat(service.value("SELECT part FROM metrics_next.settled")).isEqualTo("history");
    assertThat(service.value("SELECT count(*) FROM metrics_next.activity")).isEqualTo("0");
    assertThat(service.value("SELECT count(*) FROM metrics_next.resource_sample")).isEqualTo("0");
    assertThat(service.value("SELECT count(*) FROM metrics_next.resource_sample_" + day()))
        .isEqualTo(service.value("SELECT count(*) FROM resource_sample"));

    service.start();
    awaitDone("00000000-0000-0000-0000-000000000002");

    assertThat(service.export()).isEqualTo(before);
    assertThat(service.value("SELECT to_regclass('metrics.settled') IS NULL")).isEqualTo("t");
  }

  @Test
  void interruptedWhileItRuns_aRebuildReplacesNothing_andGoesOnWhenResumed() throws SQLException {
    List<String> before = service.export();
    String id;
    try (Connection holding = database.connect();
        Statement statement = holding.createStatement()) {
      // Nobody can put the new tables in place of the old ones as long as somebody folds.
      statement.execute("SELECT pg_advisory_lock_shared(" + FoldTransaction.LOCK + ")");
      id = ask("");
      service.await(WAITING, "1");
      HttpProbe.Answer interrupted = service.http().delete("/metrics/replays/" + id);
      assertThat(interrupted.status()).isEqualTo(200);
      assertThat(interrupted.json().get("state").asString()).isEqualTo("interrupted");
    }
    service.await(WAITING, "0");
    service.await("SELECT number FROM generation", "1");

    assertThat(service.http().post("/metrics/replays/" + id + "/resume", "").status())
        .isEqualTo(202);
    awaitDone(id);

    assertThat(service.export()).isEqualTo(before);
    assertThat(service.value("SELECT number FROM generation")).isEqualTo("2");
  }

  /** A rebuild takes some away and makes them again; it also makes the days to come. */
  private List<String> indexes() {
    return service.rows(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'metrics'"
            + " AND (tablename !~ '_[0-9]{8}$' OR tablename LIKE '%_"
            + day()
            + "') ORDER BY indexdef");
  }

  @Test
  void whatIsNotUnderstood_isRefused() {
    assertThat(service.http().post("/metrics/replays?service=" + name, "").status()).isEqualTo(400);
    assertThat(
            service
                .http()
                .post("/metrics/replays?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z", "")
                .status())
        .isEqualTo(400);
    HttpProbe.Answer inBody =
        service.http().post("/metrics/replays", "{\"from\":\"2026-02-02T00:00:00Z\"}");
    assertThat(inBody.status()).isEqualTo(400);
    assertThat(inBody.body()).contains("body", "query", "2026-02-02");
    assertThat(service.http().get("/metrics/replays/00000000-0000-0000-0000-00000000000a").status())
        .isEqualTo(404);
    String id = ask("?from=" + T0);
    awaitDone(id);
    assertThat(service.http().delete("/metrics/replays/" + id).status()).isEqualTo(409);
  }

  private static String day() {
    return Changes.DAY.toString().replace("-", "");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET search_path TO metrics");
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private Process serviceInAProcess() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            MetricsAggregatorApplication.class.getName(),
            "--catnap.port=0",
            "--catnap.kafka.bootstrap-servers=" + BROKER.bootstrapServers(),
            "--catnap.kafka.group-prefix=" + name + "-killed.",
            "--catnap.kafka.partitions=2",
            "--catnap.postgres.url=" + database.jdbcUrl(),
            "--catnap.postgres.user=" + database.user(),
            "--catnap.postgres.password=" + database.password())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
