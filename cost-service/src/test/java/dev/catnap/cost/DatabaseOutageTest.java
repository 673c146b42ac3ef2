package dev.catnap.cost;

import static dev.catnap.cost.Events.change;
import static dev.catnap.cost.Events.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The database is away at the start, comes, goes, and comes back. */
class DatabaseOutageTest {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Test
  void service_starts_without_it_says_so_and_misses_nothing() {
    try (PostgresServer postgres = PostgresServer.privateServer();
        KafkaProbe kafka = KafkaServer.shared().probe()) {
      postgres.stop();
      try (ConfigurableApplicationContext context = start(postgres);
          HttpProbe http = new HttpProbe(address(context))) {
        assertAway(http, "/metrics/cost");
        assertAway(http, "/cost/rates");
        assertAway(http, "/cost/roi?investment=1");
        assertThat(http.get("/cost/roi?investment=1&baselineMonthly=2&actualMonthly=1").status())
            .isEqualTo(200);
        send(kafka, "outage-first");
        postgres.start();
        awaitCostOf(http, "outage-first");
        postgres.stop();
        send(kafka, "outage-second");
        assertAway(http, "/metrics/cost");
        postgres.start();
        awaitCostOf(http, "outage-second");
      }
    }
  }

  private static ConfigurableApplicationContext start(PostgresServer postgres) {
    return new SpringApplication(CostServiceApplication.class)
        .run(
            "--catnap.port=0",
            "--catnap.kafka.bootstrap-servers=" + KafkaServer.shared().bootstrapServers(),
            "--catnap.kafka.group-prefix=outage.",
            "--catnap.postgres.url=" + postgres.jdbcUrl(),
            "--catnap.postgres.user=" + postgres.user(),
            "--catnap.postgres.password=" + postgres.password());
  }

  private static String address(ConfigurableApplicationContext context) {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  private static void assertAway(HttpProbe http, String path) {
    HttpProbe.Answer answer = http.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isPresent();
    assertThat(http.get("/system/health").body()).contains("DOWN");
  }

  private static void send(KafkaProbe kafka, String service) {
    kafka.send(
        Topics.STATE_CHANGES.name(),
        service,
        json(
            Topics.STATE_CHANGES,
            change(
                service,
                RunState.UNKNOWN,
                RunState.RUNNING,
                Instant.now().minusSeconds(60),
                null)));
  }

  private static void awaitCostOf(HttpProbe http, String service) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () -> http.get("/metrics/cost?service=" + service),
            answer -> answer.status() == 200 && answer.json().path("items").size() == 1);
  }
}
