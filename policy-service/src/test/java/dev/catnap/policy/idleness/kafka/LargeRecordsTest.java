package dev.catnap.policy.idleness.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.RunState;
import dev.catnap.events.kafka.Topics;
import dev.catnap.policy.PolicyServer;
import dev.catnap.policy.idleness.Fixtures;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A record that is too large once our headers are added stops nobody. */
@WithKafka
class LargeRecordsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void largestRecords_areSetAsideAndThePartitionGoesOn(KafkaServer kafka) {
    try (KafkaProbe log = kafka.probe();
        PolicyServer policy = PolicyServer.start(kafka, "large-test").awaitDeciding()) {
      policy.http().put("/services/api", "{\"sleep_policy\":{\"idle_timeout\":600}}");
      log.send(Topics.ACTIVITY.name(), "api", "x".repeat(1_048_400));
      String padded = "{\"service\":\"api\",\"note\":\"" + "x".repeat(1_048_380) + "\"}";
      log.send(Topics.ACTIVITY.name(), null, padded);
      log.send(
          Topics.STATE_CHANGES.name(),
          "api",
          new String(
              Topics.STATE_CHANGES
                  .codec()
                  .write(Fixtures.change("api", RunState.SLEEPING, Instant.now().minusSeconds(60))),
              StandardCharsets.UTF_8));
      log.send(Topics.ACTIVITY.name(), "api", "{\"service\":\"api\",\"id\":\"after\"}");
      assertThat(log.awaitFirst(Topics.COMMANDS.name(), SOON, m -> "api".equals(m.key())).value())
          .contains("WAKE");
      assertThat(log.awaitFirst("catnap.activity.dlt", SOON, m -> "api".equals(m.key())).value())
          .isNull();
    }
  }
}
