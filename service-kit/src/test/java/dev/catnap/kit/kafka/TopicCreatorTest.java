package dev.catnap.kit.kafka;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.KafkaServer;
import dev.catnap.testkit.WithKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@WithKafka(isolated = true)
class TopicCreatorTest {
  private static final int PARTITIONS = 30;

  @Test
  void topicsThatAreReady_takeRecordsAtTheFirstAttempt(KafkaServer server) {
    try (ConfigurableApplicationContext app =
            new SpringApplicationBuilder(ListenerApp.class)
                .web(WebApplicationType.NONE)
                .run(
                    "--catnap.kafka.bootstrap-servers=" + server.bootstrapServers(),
                    "--catnap.kafka.partitions=" + PARTITIONS,
                    "--catnap.kafka.start-wait=30s");
        KafkaProducer<byte[], byte[]> producer = withoutRetries(server)) {
      app.getBean(TopicCreator.class).ready().join();

      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Topic<?> topic : Topics.ALL) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          byte[] any = {1};
          sent.add(producer.send(new ProducerRecord<>(topic.name(), partition, any, any)));
        }
      }

      assertThatCode(
              () -> {
                for (Future<RecordMetadata> record : sent) {
                  record.get(30, TimeUnit.SECONDS);
                }
              })
          .doesNotThrowAnyException();
    }
  }

  private static KafkaProducer<byte[], byte[]> withoutRetries(KafkaServer server) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            server.bootstrapServers(),
            "acks",
            "all",
            "retries",
            "0",
            "enable.idempotence",
            "false"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
