package dev.catnap.bench;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import dev.catnap.metrics.MetricsAggregatorApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How long each metrics API takes, over HTTP, for a month of one service and of all of them.
 *
 * <p>Aims: p99 under 50 ms for one service, under 200 ms for all. The first question of each kind
 * is told apart: it finds nothing in memory, neither here nor in the database.
 */
public final class QueryBench {
  private static final int ONE_TRIALS = 100;
  private static final int ALL_TRIALS = 30;
  private static final int WARM_UP = 5;
  private static final List<String> ONE =
      List.of(
          "/metrics/resources?window=30d&service=%s",
          "/metrics/sleep-wake?window=30d&service=%s",
          "/metrics/performance?window=30d&service=%s",
          "/metrics/trends?metric=cpu_cores&window=30d&service=%s",
          "/metrics/trends?metric=cpu_cores&percentile=95&window=30d&service=%s",
          "/metrics/trends?metric=requests&window=30d&service=%s",
          "/metrics/trends?metric=wake_latency&window=30d&service=%s",
          "/metrics/trends?metric=sleep_share&window=30d&service=%s",
          "/metrics/recommendations?service=%s");
  private static final List<String> ALL =
      List.of(
          "/metrics/resources?window=30d",
          "/metrics/sleep-wake?window=30d",
          "/metrics/performance?window=30d",
          "/metrics/trends?metric=cpu_cores&window=30d",
          "/metrics/trends?metric=requests&window=30d",
          "/metrics/trends?metric=wake_latency&window=30d",
          "/metrics/trends?metric=sleep_share&window=30d",
          "/metrics/recommendations?limit=100");

  private QueryBench() {}

  /**
   * @param args services (200), days (90), days of minutes (8)
   */
  public static void main(String[] args) throws Exception {
    int services = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int days = args.length > 1 ? Integer.parseInt(args[1]) : 90;
    int minuteDays = args.length > 2 ? Integer.parseInt(args[2]) : 8;
    Path data = Files.createTempDirectory("catnap-bench");
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.resolve("postgres")));
        ConfigurableApplicationContext service = start(kafka, postgres)) {
      fill(postgres, services, days, minuteDays);
      String base = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
      System.out.println(Latencies.header() + "      aim     ratio     first");
      Random random = new Random(1);
      for (String path : ONE) {
        measure(base, path, services, random, ONE_TRIALS, 50);
      }
      for (String path : ALL) {
        measure(base, path, services, random, ALL_TRIALS, 200);
      }
    }
  }

  private static ConfigurableApplicationContext start(
      EmbeddedKafka kafka, EmbeddedPostgres postgres) {
    return new SpringApplication(MetricsAggregatorApplication.class)
        .run(
            "--catnap.port=0",
            "--catnap.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--catnap.postgres.url=" + postgres.jdbcUrl(),
            "--catnap.postgres.user=" + postgres.user(),
            "--catnap.postgres.password=" + postgres.password());
  }

  private static void fill(EmbeddedPostgres postgres, int services, int days, int minuteDays)
      throws SQLException, InterruptedException {
    long began = System.nanoTime();
    long rows = new RealisticHistory(postgres).fill(services, days, minuteDays);
    System.out.printf(
        Locale.ROOT,
        "%d services, %d days, minutes of %d days: %d rows in %.0f s%n",
        services,
        days,
        minuteDays,
        rows,
        (System.nanoTime() - began) / 1e9);
  }

  private static void measure(
      String base, String path, int services, Random random, int trials, double aim)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    long first = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int i = -WARM_UP; i < trials; i++) {
        String asked = path.replace("%s", RealisticHistory.name(1 + random.nextInt(services)));
        long began = System.nanoTime();
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(URI.create(base + asked))
                    .timeout(Duration.ofSeconds(60))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(asked + ": " + answer.body());
        }
        long took = System.nanoTime() - began;
        if (i == -WARM_UP) {
          first = took;
        } else if (i >= 0) {
          latencies.addNanos(took);
        }
      }
    }
    String name =
        path.replace("/metrics/", "").replace("&service=%s", "").replace("?service=%s", "");
    System.out.printf(
        Locale.ROOT,
        "%s %8.0f %9.2f %9.0f%n",
        latencies.row((path.contains("%s") ? "one " : "all ") + name),
        aim,
        latencies.p99() / aim,
        first / 1e6);
  }
}
