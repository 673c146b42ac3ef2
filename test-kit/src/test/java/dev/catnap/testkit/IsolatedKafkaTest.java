package dev.catnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

@WithKafka(isolated = true)
class IsolatedKafkaTest {

  private final KafkaServer ofConstructor;

  IsolatedKafkaTest(KafkaServer kafka) {
    ofConstructor = kafka;
  }

  @Test
  void outage_ends_with_data_and_address_of_before(KafkaServer kafka) {
    assertThat(kafka).isSameAs(ofConstructor);
    try (KafkaProbe probe = kafka.probe()) {
      probe.createTopic("outage", 1);
      probe.send("outage", "k", "before");
      String address = kafka.bootstrapServers();
      kafka.stop();
      kafka.start();
      probe.send("outage", "k", "after");
      assertThat(kafka.bootstrapServers()).isEqualTo(address);
      assertThat(probe.awaitCount("outage", 2, Duration.ofSeconds(30)))
          .extracting(KafkaProbe.Message::value)
          .containsExactly("before", "after");
    }
  }
}
