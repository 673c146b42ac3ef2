package dev.catnap.kit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;

@WithKafka(isolated = true)
class BrokerAwayTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private static ConfigurableApplicationContext start(String bootstrapServers) {
    return new SpringApplicationBuilder(ListenerApp.class)
        .web(WebApplicationType.NONE)
        .run(
            "--catnap.kafka.bootstrap-servers=" + bootstrapServers,
            "--catnap.kafka.start-wait=200ms");
  }

  @Test
  void brokerAwayAtStart_isWaitedFor(KafkaServer server) {
    server.stop();
    try (ConfigurableApplicationContext app = start(server.bootstrapServers())) {
      KafkaHealth health = app.getBean(KafkaHealth.class);
      Health away = health.health();
      assertThat(away.getStatus()).isEqualTo(Status.DOWN);
      assertThat(away.getDetails().get("reason").toString()).contains("broker does not answer");

      server.start();
      await().atMost(SOON).until(() -> health.health().getStatus().equals(Status.UP));
      try (KafkaProbe probe = server.probe()) {
        probe.send("catnap.activity", "tom", "{\"service\":\"tom\"}");
      }
      ListenerApp.One one = app.getBean(ListenerApp.One.class);
      await().atMost(SOON).until(() -> one.seen.contains("tom"));
    }
  }

  @Test
  void brokerOfUnknownName_isWaitedForToo() {
    try (ConfigurableApplicationContext app = start("no-such-broker.invalid:9092")) {
      Health away = app.getBean(KafkaHealth.class).health();
      assertThat(away.getStatus()).isEqualTo(Status.DOWN);
      assertThat(away.getDetails().get("reason").toString()).contains("bootstrap");
    }
  }
}
