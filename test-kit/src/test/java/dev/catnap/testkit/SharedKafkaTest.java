package dev.catnap.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

@WithKafka
class SharedKafkaTest {

  @Test
  void probe_reads_what_it_sent(KafkaServer kafka) {
    try (KafkaProbe probe = kafka.probe()) {
      probe.createTopic("probe", 2);
      probe.createTopic("probe", 2);
      probe.send("probe", "app", "{\"a\":1}", Map.of("version", "1"));
      probe.send("probe", "app", null);
      assertThat(probe.awaitCount("probe", 2, Duration.ofSeconds(30)))
          .extracting(KafkaProbe.Message::key, KafkaProbe.Message::value)
          .containsExactly(tuple("app", "{\"a\":1}"), tuple("app", null));
      assertThat(
              probe.awaitFirst("probe", Duration.ofSeconds(30), m -> m.value() != null).headers())
          .containsEntry("version", "1");
    }
  }

  @Test
  void waiting_ends_in_time(KafkaServer kafka) {
    try (KafkaProbe probe = kafka.probe()) {
      probe.createTopic("silent", 1);
      assertThatThrownBy(() -> probe.awaitCount("silent", 1, Duration.ofMillis(300)))
          .hasMessageContaining("records of silent");
    }
  }

  @Test
  void shared_broker_is_one_and_cannot_be_stopped(KafkaServer kafka) {
    assertThat(kafka).isSameAs(KafkaServer.shared());
    assertThatThrownBy(kafka::stop).hasMessageContaining("@WithKafka(isolated = true)");
  }
}
