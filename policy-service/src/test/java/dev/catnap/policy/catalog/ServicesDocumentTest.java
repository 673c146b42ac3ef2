package dev.catnap.policy.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.ServiceDefinition;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

class ServicesDocumentTest {
  private static final Interpolation VARIABLES =
      new Interpolation(new HashMap<>(Map.of("SET", "value", "EMPTY", ""))::get);

  private static ServicesDocument read(String yaml) {
    return ServicesDocument.read(new Yaml().load(yaml), VARIABLES, Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    "$SET, value",
    "${SET}, value",
    "${SET:-other}, value",
    "${EMPTY:-other}, other",
    "${EMPTY-other}, ''",
    "${UNSET:-other}, other",
    "${UNSET-other}, other",
    "${UNSET}, ''",
    "$$SET, $SET",
    "a${SET}b${SET}c, avaluebvaluec",
  })
  void variables_areFilledInAsComposeDoes(String text, String filled) {
    assertThat(VARIABLES.in("field", text)).isEqualTo(filled);
  }

  @Test
  void oneBadService_doesNotStopTheOthers() {
    ServicesDocument document =
        read(
            """
            services:
              good: { image: "app:${SET}", environment: { A: "$${B}" } }
              bad: { sleep_policy: { idle_timeout: soon } }
              open: { image: "${" }
              needs: { image: "${UNSET:?say which}" }
              window: { sleep_policy: { schedule: ["Mon 99:00"] } }
              -name: {}
              ring-a: { depends_on: [ring-b] }
              ring-b: { depends_on: [ring-a] }
            """);
    assertThat(document.definitions())
        .singleElement()
        .satisfies(good -> {
          assertThat(good.name()).isEqualTo("good");
          assertThat(good.container().image()).isEqualTo("app:value");
          assertThat(good.container().environment()).containsEntry("A", "${B}");
          assertThat(good.source()).isEqualTo(ServiceDefinition.Source.FILE);
        });
    assertThat(document.problems())
        .hasSize(7)
        .anySatisfy(p -> assertThat(p).startsWith("service bad: sleep_policy.idle_timeout must"))
        .anySatisfy(p -> assertThat(p).contains("needs the variable UNSET: say which"))
        .anySatisfy(p -> assertThat(p).contains("ring-a -> ring-b -> ring-a"));
  }

  @Test
  void otherDocuments_areAProblemOrEmpty() {
    assertThat(read("").definitions()).isEmpty();
    assertThat(read("services:").problems()).isEmpty();
    assertThat(read("- a").problems())
        .isEqualTo(List.of("services must be an object of definitions by name"));
    assertThat(read("services: [a]").problems()).hasSize(1);
    assertThat(read("services: { a: text }").problems()).hasSize(1);
  }
}
