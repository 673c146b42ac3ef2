package dev.catnap.actuator.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelledDefinitionTest {
  private static final Instant CREATED = Instant.parse("2026-10-01T12:00:00Z");

  private static LabelledDefinition read(Map<String, String> labels) {
    return LabelledDefinition.read(
        "web",
        ContainerSnapshot.listed(
            "id", "shop-web-1", ContainerStatus.RUNNING, null, CREATED, labels),
        "here");
  }

  @Test
  void labelsAreRead_withTheContainersNameHostAndTime() {
    ServiceDefinition definition =
        read(Map.of("catnap.enable", "true", "catnap.idle-timeout", "7m", "catnap.port", "80"))
            .definition();
    assertThat(definition.containerName()).isEqualTo("shop-web-1");
    assertThat(definition.host()).isEqualTo("here");
    assertThat(definition.definedAt()).isEqualTo(CREATED);
    assertThat(definition.port()).isEqualTo(80);
    assertThat(definition.sleepPolicy().idleTimeout()).isEqualTo(Duration.ofMinutes(7));
  }

  @Test
  void labelsThatCannotBeRead_areTold_andTheOthersHold() {
    LabelledDefinition read =
        read(
            Map.of(
                "catnap.enable", "true",
                "catnap.idle-timeout", "soon",
                "catnap.idle-timeuot", "7m",
                "catnap.port", "http",
                "catnap.readiness.tcp", "0",
                "catnap.min-sleep-time", "3m"));
    assertThat(read.problems()).hasSize(4);
    assertThat(read.problems())
        .anyMatch(problem -> problem.contains("idle_timeout") && problem.contains("soon"));
    assertThat(read.definition().sleepPolicy().minSleepTime()).isEqualTo(Duration.ofMinutes(3));
    assertThat(read.definition().sleepPolicy().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(read.definition().containerName()).isEqualTo("shop-web-1");
  }
}
