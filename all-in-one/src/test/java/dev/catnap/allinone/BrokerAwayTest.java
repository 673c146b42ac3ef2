package dev.catnap.allinone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.embedded.kafka.EmbeddedKafka;
import dev.catnap.embedded.kafka.EmbeddedKafkaSettings;
import dev.catnap.events.kafka.Topics;
import dev.catnap.testkit.HttpProbe;
import dev.catnap.testkit.KafkaProbe;
import dev.catnap.testkit.TemporaryDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** The broker stops under the running whole, and comes back. */
class BrokerAwayTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path data = TemporaryDirectory.create("all-in-one");

  @Test
  void runningServicesAreLetThroughAndNothingAcceptedIsLost() {
    try (SampleService shop = SampleService.named("shop");
        CatnapFixture catnap = CatnapFixture.withProcesses(data, shop.definedIn(data))) {
      catnap.awaitState("shop", "RUNNING", LIMIT);
      TreeSet<String> accepted = new TreeSet<>();
      post(catnap, "before", accepted);
      assertThat(accepted).containsExactly("before");

      Objects.requireNonNull(catnap.process().backends().embeddedKafka()).close();

      assertThat(catnap.http().get("/gate/shop").status()).isEqualTo(200);
      HttpProbe.Answer refused = post(catnap, "during", accepted);
      assertThat(refused.status()).as(refused.body()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isPresent();
      assertThat(catnap.http().get("/gate/shop").status()).isEqualTo(200);

      try (EmbeddedKafka broker =
          EmbeddedKafka.start(EmbeddedKafkaSettings.in(data.resolve("kafka")))) {
        assertBackToWork(catnap, accepted, broker.bootstrapServers());
      }
    }
  }

  private static void assertBackToWork(
      CatnapFixture catnap, TreeSet<String> accepted, String bootstrapServers) {
    Awaitility.await("activity is taken again")
        .atMost(LIMIT)
        .until(() -> post(catnap, "after", accepted).status() == 202);
    Awaitility.await("all parts are up again")
        .atMost(LIMIT)
        .until(() -> catnap.http().get("/system/health").status() == 200);
    assertThat(idsOnTheLog(bootstrapServers)).containsAll(accepted);
    assertThat(catnap.http().post("/services/shop/sleep?wait=20s", "").status()).isEqualTo(200);
    assertThat(catnap.http().get("/gate/shop?timeout=20s").status()).isEqualTo(200);
  }

  private static HttpProbe.Answer post(CatnapFixture catnap, String id, TreeSet<String> accepted) {
    HttpProbe.Answer answer =
        catnap.http().post("/activity", "{\"service\": \"shop\", \"id\": \"%s\"}".formatted(id));
    if (answer.status() == 202) {
      accepted.add(id);
    }
    return answer;
  }

  private static List<String> idsOnTheLog(String bootstrapServers) {
    try (KafkaProbe probe = new KafkaProbe(bootstrapServers)) {
      return probe.readAll(Topics.ACTIVITY.name()).stream()
          .map(message -> JsonMapper.shared().readTree(message.value()).path("id").asString(""))
          .toList();
    }
  }
}
