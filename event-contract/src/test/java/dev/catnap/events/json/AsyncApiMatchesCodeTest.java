package dev.catnap.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.kafka.Records;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class AsyncApiMatchesCodeTest {
  private static final JsonNode DOCUMENT = YAMLMapper.shared().readTree(Golden.asyncApi());

  @Test
  void channels_areTheTopics_withTheirRetentionAndCleanup() {
    assertThat(DOCUMENT.get("asyncapi").asString()).isEqualTo("3.0.0");
    Map<String, JsonNode> channels = new HashMap<>();
    DOCUMENT
        .get("channels")
        .forEach(channel -> channels.put(channel.get("address").asString(), channel));
    assertThat(channels).hasSize(Topics.ALL.size());
    for (Topic<?> topic : Topics.ALL) {
      JsonNode kafka = channels.get(topic.name()).get("bindings").get("kafka");
      JsonNode configuration = kafka.get("topicConfiguration");
      assertThat(kafka.get("topic").asString()).isEqualTo(topic.name());
      assertThat(configuration.get("retention.ms").asLong())
          .isEqualTo(topic.retention() == null ? -1 : topic.retention().toMillis());
      assertThat(configuration.get("cleanup.policy").get(0).asString())
          .isEqualTo(topic.compacted() ? "compact" : "delete");
    }
  }

  @Test
  void references_leadSomewhere() {
    for (JsonNode node : DOCUMENT.findValues("$ref")) {
      String reference = node.asString();
      if (reference.startsWith("#/")) {
        assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
      } else {
        String file = reference.replace("./schemas/", "").replace(".schema.json", "");
        assertThat(Golden.schema(file)).as(reference).isNotEmpty();
      }
    }
  }

  @Test
  void headers_areThoseWritten() {
    var command =
        Topics.COMMANDS
            .codec()
            .read(Golden.file("command"), Envelope.plain("filesystem", java.time.Instant.EPOCH));
    List<String> written =
        java.util.Arrays.stream(
                Records.write(Topics.COMMANDS, command, "/catnap/test").headers().toArray())
            .map(Header::key)
            .toList();
    assertThat(DOCUMENT.at("/components/messageTraits/headers/headers/properties").propertyNames())
        .containsExactlyInAnyOrderElementsOf(written);
  }
}
