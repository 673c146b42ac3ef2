package dev.catnap.bench;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.embedded.postgres.EmbeddedPostgres;
import dev.catnap.embedded.postgres.EmbeddedPostgresSettings;
import dev.catnap.testkit.docker.Workloads;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What Catnap itself takes: the whole in one process with its broker and database, and each service
 * alone in a container with a memory limit, under load.
 *
 * <p>Aims: the whole under 600 MB resident with its database and ready within 8 s; services without
 * JPA able to run in 256 MB, the others in 384 MB.
 */
public final class MemoryBench {
  private static final int EVENTS_PER_SECOND = 2000;
  private static final int SECONDS = 30;
  private static final Duration UP_WITHIN = Duration.ofSeconds(90);

  private MemoryBench() {}

  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("catnap-bench");
    whole(directory.resolve("whole"));
    alone(directory.resolve("alone"));
  }

  private static void whole(Path data) throws Exception {
    int port = Ports.free();
    try (CatnapProcess first = CatnapProcess.up(data, port, "--runtime", "process").awaitReady()) {
      System.out.printf(
          Locale.ROOT, "whole, first start: ready after %.1f s%n", first.secondsToReady());
    }
    try (CatnapProcess catnap = CatnapProcess.up(data, port, "--runtime", "process").awaitReady()) {
      String load =
          new ActivityLoad("http://127.0.0.1:" + port, 20).run(EVENTS_PER_SECOND, SECONDS);
      double java = ProcessMemory.residentMiB(catnap.pid());
      double database = ProcessMemory.childrenMiB(catnap.pid());
      System.out.printf(
          Locale.ROOT,
          "whole, later start: ready after %.1f s (aim 8); %s; resident %.0f MiB + database %.0f MiB = %.0f MiB (aim under 600 MB)%n",
          catnap.secondsToReady(),
          load,
          java,
          database,
          java + database);
    }
  }

  private static void alone(Path data) throws Exception {
    String image = Workloads.busyboxImage();
    try (RawEngine engine = RawEngine.local();
        EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")));
        EmbeddedPostgres postgres =
            EmbeddedPostgres.start(EmbeddedPostgresSettings.in(data.resolve("postgres")))) {
      Workload.removeAll(engine);
      Map<String, String> environment =
          Map.of(
              "CATNAP_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers(),
              "CATNAP_POSTGRES_URL", postgres.jdbcUrl(),
              "CATNAP_POSTGRES_USER", postgres.user(),
              "CATNAP_POSTGRES_PASSWORD", postgres.password());
      try {
        List<LimitedService> services = startAll(engine, image, environment);
        String load = new ActivityLoad("http://127.0.0.1:9001", 20).run(EVENTS_PER_SECOND, SECONDS);
        System.out.println("each alone: " + load);
        services.forEach(service -> System.out.println(service.row(engine)));
      } finally {
        Workload.removeAll(engine);
      }
    }
  }

  private static List<LimitedService> startAll(
      RawEngine engine, String image, Map<String, String> environment) throws Exception {
    List<LimitedService> services = new ArrayList<>();
    services.add(LimitedService.start(engine, image, "activity-ingest", 9001, 256, environment));
    services.add(LimitedService.start(engine, image, "policy-service", 9002, 256, environment));
    services.add(LimitedService.start(engine, image, "container-actuator", 9003, 256, environment));
    services.add(LimitedService.start(engine, image, "metrics-aggregator", 9004, 256, environment));
    services.add(LimitedService.start(engine, image, "cost-service", 9005, 384, environment));
    for (LimitedService service : services) {
      awaitUp(service);
    }
    return services;
  }

  private static void awaitUp(LimitedService service) throws Exception {
    long end = System.nanoTime() + UP_WITHIN.toNanos();
    while (!answers(service.port())) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(service.name() + " is not up within " + UP_WITHIN);
      }
      Thread.sleep(Duration.ofMillis(200));
    }
  }

  private static boolean answers(int port) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(3000);
      return connection.getResponseCode() == 200;
    } catch (java.io.IOException e) {
      return false;
    }
  }
}
