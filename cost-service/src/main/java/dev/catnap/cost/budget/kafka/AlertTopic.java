package dev.catnap.cost.budget.kafka;

import dev.catnap.kit.kafka.CatnapKafkaSettings;
import dev.catnap.kit.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.kafka.core.KafkaTemplate;

/** Writes alerts to {@code catnap.budget-alerts}, keyed by budget; makes the topic when missing. */
public final class AlertTopic {
  public static final String NAME = "catnap.budget-alerts";

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);

  private final KafkaClients clients;
  private final KafkaTemplate<String, byte[]> kafka;
  private final CatnapKafkaSettings settings;
  private volatile boolean there;

  public AlertTopic(
      KafkaClients clients, KafkaTemplate<String, byte[]> kafka, CatnapKafkaSettings settings) {
    this.clients = clients;
    this.kafka = kafka;
    this.settings = settings;
  }

  /**
   * Returns once the broker has it.
   *
   * @throws KafkaException when it does not within 20 seconds
   */
  public void send(String budget, String payload) throws InterruptedException {
    try {
      if (!there) {
        create();
        there = true;
      }
      kafka
          .send(new ProducerRecord<>(NAME, budget, payload.getBytes(StandardCharsets.UTF_8)))
          .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new KafkaException(String.valueOf(e.getCause()), e);
    } catch (TimeoutException e) {
      throw new KafkaException("the broker does not answer", e);
    }
  }

  private void create() throws InterruptedException, ExecutionException, TimeoutException {
    NewTopic topic =
        new NewTopic(NAME, 1, settings.replicationFactor())
            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1"));
    try (Admin admin = clients.admin("budget-alerts")) {
      admin.createTopics(List.of(topic)).all().get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
