package dev.catnap.policy.idleness.kafka;

import dev.catnap.events.kafka.Topics;
import dev.catnap.kit.kafka.DeadLetters;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Where a record goes that cannot be read, by the header that says where it came from. */
final class DeadLetterTopic {
  private DeadLetterTopic() {}

  static String of(Headers headers) {
    Header topic = headers.lastHeader(DeadLetters.TOPIC);
    boolean services =
        topic != null
            && new String(topic.value(), StandardCharsets.UTF_8).equals(Topics.SERVICES.name());
    return (services ? Topics.SERVICES : Topics.ACTIVITY).deadLetterTopic();
  }
}
