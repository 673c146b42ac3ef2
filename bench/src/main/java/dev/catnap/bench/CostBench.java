package dev.catnap.bench;

import dev.catnap.cost.CostServiceApplication;
import dev.catnap.cost.database.CostDatabase;
import dev.catnap.cost.ledger.jdbc.Ledger;
import dev.catnap.cost.pricing.RateHistory;
import dev.catnap.cost.pricing.jpa.RateCards;
import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.postgresql.PGConnection;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * How fast the ledger is built, against COPY of the same rows into a table of the same make in the
 * same run, and how long each cost API takes.
 *
 * <p>Aim: p99 under 100 ms.
 */
public final class CostBench {
  private static final List<Integer> ROUNDS = List.of(10, 40);
  private static final int WARM_UP = 3;
  private static final double AIM_MILLIS = 100;
  private static final int PATIENCE_MILLIS = 60_000;

  private static final List<String> PATHS =
      List.of(
          "/metrics/cost?window=30d&service=svc-0007",
          "/metrics/cost?window=30d&step=1h&service=svc-0007",
          "/metrics/cost?window=24h",
          "/metrics/cost?window=30d",
          "/metrics/cost?window=30d&aggregate=host",
          "/metrics/cost?window=90d",
          "/cost/report?format=csv",
          "/cost/roi?investment=1000",
          "/cost/forecast",
          "/cost/anomalies",
          "/cost/budgets",
          "/cost/ledger?window=30d&limit=100",
          "/cost/ledger?window=30d&service=svc-0007&limit=1000",
          "/cost/focus.csv",
          "/cost/savings-not-taken?service=svc-0007",
          "/cost/savings-not-taken");

  private CostBench() {}

  /**
   * @param args services (200), days (90)
   */
  public static void main(String[] args) throws Exception {
    int services = args.length > 0 ? Integer.parseInt(args[0]) : 200;
    int days = args.length > 1 ? Integer.parseInt(args[1]) : 90;
    Path data = Files.createTempDirectory("catnap-cost");
    try (EmbeddedKafka kafka =
            EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        EmbeddedPostgres embedded =
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.resolve("postgres")));
        ConfigurableApplicationContext service = start(kafka, embedded)) {
      PostgresTarget postgres = PostgresTarget.of(embedded);
      CostDatabase database = service.getBean(CostDatabase.class);
      awaitTables(database);
      long facts = CostFacts.fill(postgres, services, days);
      System.out.printf(Locale.ROOT, "%d services, %d days: %d facts%n", services, days, facts);
      build(database, service.getBean(RateCards.class).history(), postgres, data);
      String base = "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
      System.out.println(Latencies.header() + "      aim     ratio");
      try (HttpClient http = HttpClient.newHttpClient()) {
        budget(http, base);
        // Few of each first, so that every API has its figures early.
        for (int trials : ROUNDS) {
          for (String path : PATHS) {
            measure(http, base, path, trials);
          }
        }
      }
    }
  }

  private static ConfigurableApplicationContext start(
      EmbeddedKafka kafka, EmbeddedPostgres postgres) {
    return new SpringApplication(CostServiceApplication.class)
        .run(
            "--catnap.port=0",
            "--catnap.cost-service.ledger.interval=1h",
            "--catnap.cost-service.budget-interval=1h",
            "--catnap.kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--catnap.postgres.url=" + postgres.jdbcUrl(),
            "--catnap.postgres.user=" + postgres.user(),
            "--catnap.postgres.password=" + postgres.password());
  }

  private static void awaitTables(CostDatabase database) throws InterruptedException {
    for (int waited = 0; database.problem() != null; waited += 100) {
      if (waited > PATIENCE_MILLIS) {
        throw new IllegalStateException(database.problem());
      }
      Thread.sleep(100);
    }
  }

  private static void build(
      CostDatabase database, RateHistory rates, PostgresTarget postgres, Path data)
      throws Exception {
    Ledger ledger = new Ledger(database);
    Instant now = Instant.now();
    long began = System.nanoTime();
    while (ledger.book(now, rates) > 0) {
      // Until all is booked.
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    try (Connection connection = postgres.connect("cost")) {
      long lines = PostgresTarget.number(connection, "SELECT count(*) FROM ledger_line");
      long days = PostgresTarget.number(connection, "SELECT count(*) FROM ledger_day");
      double copy = copy(connection, data.resolve("lines"));
      System.out.printf(
          Locale.ROOT,
          "ledger: %d lines, %d sums by day in %.1f s: %.0f lines/s%n"
              + "COPY of the same lines: %.1f s, %.0f lines/s; ratio %.2f%n",
          lines,
          days,
          seconds,
          lines / seconds,
          copy,
          lines / copy,
          copy / seconds);
      try (Statement statement = connection.createStatement()) {
        statement.execute("DROP TABLE copied");
        statement.execute("VACUUM ANALYZE");
      }
    }
  }

  /** Seconds to copy all lines into a table with the same columns, keys and checks. */
  private static double copy(Connection connection, Path file) throws Exception {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (OutputStream out = Files.newOutputStream(file)) {
      postgres.getCopyAPI().copyOut("COPY (SELECT * FROM ledger_line) TO STDOUT", out);
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE copied (LIKE ledger_line INCLUDING ALL)");
    }
    long began = System.nanoTime();
    try (InputStream in = Files.newInputStream(file)) {
      postgres.getCopyAPI().copyIn("COPY copied FROM STDIN", in);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    Files.delete(file);
    return seconds;
  }

  private static void budget(HttpClient http, String base)
      throws IOException, InterruptedException {
    http.send(
        HttpRequest.newBuilder(URI.create(base + "/cost/budgets/all"))
            .header("Content-Type", "application/json")
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"period\":\"monthly\",\"amount\":50,\"scope\":\"all\",\"thresholds\":[50]}"))
            .build(),
        HttpResponse.BodyHandlers.discarding());
  }

  private static void measure(HttpClient http, String base, String path, int trials)
      throws IOException, InterruptedException {
    Latencies latencies = new Latencies();
    for (int i = -WARM_UP; i < trials; i++) {
      long began = System.nanoTime();
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(base + path))
                  .timeout(Duration.ofSeconds(60))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(path + ": " + answer.body());
      }
      if (i >= 0) {
        latencies.addNanos(System.nanoTime() - began);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s %8.0f %9.2f%n",
        latencies.row(path.replace("/cost/", "").replace("/metrics/", "")),
        AIM_MILLIS,
        latencies.p99() / AIM_MILLIS);
  }
}
