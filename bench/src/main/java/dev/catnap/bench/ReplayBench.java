package dev.catnap.bench;

import com.zaxxer.hikari.HikariDataSource;
import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import dev.catnap.events.json.Json;
import dev.catnap.metrics.storage.jdbc.MetricsDatabase;
import dev.catnap.metrics.storage.jdbc.OffsetStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import tools.jackson.databind.JsonNode;

/**
 * Rebuilds the history from a log of activity and state changes, in a JVM of 256 MB.
 *
 * <p>Aim: over 150000 events a second, memory flat.
 */
public final class ReplayBench {
  private static final Duration WITHIN = Duration.ofMinutes(30);

  private ReplayBench() {}

  /**
   * @param args activities, a million where not given (10000000 for the figures); state changes,
   *     100000 where not given (1000000 for the figures)
   */
  public static void main(String[] args) throws Exception {
    int activities = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    int changes = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    Path data = Files.createTempDirectory("catnap-replay");
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        EmbeddedPostgres embedded =
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.resolve("postgres")))) {
      PostgresTarget postgres = PostgresTarget.of(embedded);
      List<String> services = LogFiller.services(100);
      try (LogFiller filler = new LogFiller(kafka.bootstrapServers())) {
        filler.activities(activities, services);
        filler.changes(changes, services);
      }
      standAtTheEnd(kafka.bootstrapServers(), postgres);
      try (AggregatorProcess service =
          AggregatorProcess.start(
              kafka.bootstrapServers(), postgres, data.resolve("service.log"))) {
        rebuild(service, postgres, activities + changes);
      }
    }
  }

  /** As if all had been folded: only what the rebuild does is to be measured. */
  private static void standAtTheEnd(String brokers, PostgresTarget postgres) throws Exception {
    try (HikariDataSource pool = new HikariDataSource();
        Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
      pool.setJdbcUrl(postgres.url());
      pool.setUsername(postgres.user());
      pool.setPassword(postgres.password());
      pool.setSchema("metrics");
      MetricsDatabase database = new MetricsDatabase(pool, "metrics", Duration.ofMinutes(1));
      database.start();
      if (!database.awaitReady(Duration.ofMinutes(1))) {
        throw new IllegalStateException(database.schemaProblem());
      }
      Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
      for (String topic : List.of("catnap.activity", "catnap.state-changes")) {
        for (int partition = 0; partition < LogFiller.PARTITIONS; partition++) {
          partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
      }
      Map<TopicPartition, OffsetStore.Progress> ends = new HashMap<>();
      admin
          .listOffsets(partitions)
          .all()
          .get()
          .forEach((partition, end) ->
              ends.put(partition, new OffsetStore.Progress(end.offset(), LogFiller.END)));
      new OffsetStore(database.jdbc()).save(ends);
      database.stop();
    }
  }

  private static void rebuild(AggregatorProcess service, PostgresTarget postgres, long events)
      throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      awaitUp(http, service);
      double java = CpuTime.seconds(service.pid());
      double database = CpuTime.seconds(postgres.pid());
      JsonNode asked = ask(http, service, "POST", "/metrics/replays");
      String path = "/metrics/replays/" + asked.get("id").asString();
      long startNanos = System.nanoTime();
      double most = 0;
      JsonNode replay = asked;
      while (!replay.get("state").asString().equals("done")) {
        if (System.nanoTime() - startNanos > WITHIN.toNanos()
            || replay.get("state").asString().equals("failed")) {
          throw new IllegalStateException("not rebuilt: " + replay);
        }
        Thread.sleep(1_000);
        replay = ask(http, service, "GET", path);
        double resident = ProcessMemory.residentMiB(service.pid());
        most = Math.max(most, resident);
        System.out.printf(
            Locale.ROOT,
            "%4.0f s: %d of %d records, resident %.0f MiB%n",
            (System.nanoTime() - startNanos) / 1e9,
            replay.get("recordsRead").asLong(),
            replay.get("recordsTotal").asLong(),
            resident);
      }
      double seconds =
          Duration.between(
                      Instant.parse(replay.get("startedAt").asString()),
                      Instant.parse(replay.get("endedAt").asString()))
                  .toMillis()
              / 1e3;
      System.out.printf(
          Locale.ROOT,
          "rebuild: %d events in %.1f s: %.0f events/s (aim 150000); resident at most %.0f MiB;"
              + " processor: JVM %.1f s, PostgreSQL %.1f s%n",
          events,
          seconds,
          events / seconds,
          most,
          CpuTime.seconds(service.pid()) - java,
          CpuTime.seconds(postgres.pid()) - database);
      System.out.println("rows: " + replay.get("counts"));
    }
  }

  private static void awaitUp(HttpClient http, AggregatorProcess service) throws Exception {
    for (int attempt = 0; attempt < 600 && service.isAlive(); attempt++) {
      try {
        JsonNode unused = ask(http, service, "GET", "/metrics/replays");
        return;
      } catch (IOException | IllegalStateException e) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the service does not start");
  }

  private static JsonNode ask(
      HttpClient http, AggregatorProcess service, String method, String path) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(service.address() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + ": " + answer.statusCode() + " " + answer.body());
    }
    return Json.MAPPER.readTree(answer.body());
  }
}
