package dev.catnap.kit.kafka;

import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** The topics as they are to be created: each of the contract, and one for its dead letters. */
final class TopicPlan {
  private TopicPlan() {}

  static List<NewTopic> of(CatnapKafkaSettings settings) {
    List<NewTopic> plan = new ArrayList<>();
    for (Topic<?> topic : Topics.ALL) {
      plan.add(events(topic, settings));
      plan.add(deadLetters(topic, settings));
    }
    return plan;
  }

  private static NewTopic events(Topic<?> topic, CatnapKafkaSettings settings) {
    Map<String, String> configs = replication(settings);
    configs.put(TopicConfig.RETENTION_MS_CONFIG, retention(topic.retention()));
    configs.put(
        TopicConfig.CLEANUP_POLICY_CONFIG,
        topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
    return new NewTopic(topic.name(), settings.partitions(), settings.replicationFactor())
        .configs(configs);
  }

  private static NewTopic deadLetters(Topic<?> topic, CatnapKafkaSettings settings) {
    Map<String, String> configs = replication(settings);
    configs.put(TopicConfig.RETENTION_MS_CONFIG, retention(Topics.DEAD_LETTER_RETENTION));
    // Room for a record of the largest size and the headers that say why it is here.
    configs.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(KafkaClients.LARGEST_REQUEST));
    return new NewTopic(topic.deadLetterTopic(), 1, settings.replicationFactor()).configs(configs);
  }

  /** With three replicas or more, one may be away and an acknowledged record still has two. */
  private static Map<String, String> replication(CatnapKafkaSettings settings) {
    int inSync = settings.replicationFactor() >= 3 ? 2 : 1;
    Map<String, String> configs = new HashMap<>();
    configs.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(inSync));
    return configs;
  }

  private static String retention(@Nullable Duration retention) {
    return retention == null ? "-1" : Long.toString(retention.toMillis());
  }
}
