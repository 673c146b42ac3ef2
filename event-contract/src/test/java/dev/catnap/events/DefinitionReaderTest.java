package dev.catnap.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.ServiceDefinition.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {
  private static final Instant THEN = Instant.parse("2026-10-01T08:00:00Z");

  private static ServiceDefinition read(Map<String, ?> written) {
    return DefinitionReader.readWritten("filesystem", written, Source.FILE, THEN);
  }

  @Test
  void theExampleOfTheProduct_isRead() {
    ServiceDefinition definition =
        read(
            Map.of(
                "image", "img:latest",
                "container_name", "forge-filesystem",
                "command", List.of("python3", "-m", "x"),
                "port", 8021,
                "resources", Map.of("memory", "256MB", "cpu", "0.25", "storage", "10GB"),
                "depends_on", List.of("memory"),
                "sleep_policy",
                    Map.of(
                        "idle_timeout",
                        600,
                        "stop_after",
                        "24h",
                        "memory_reservation",
                        "128MB",
                        "schedule",
                        List.of("Mon-Fri 07:30-20:30 Europe/Berlin")),
                "readiness", Map.of("http", "/health", "timeout", "30s")));
    assertThat(definition.container().resources())
        .isEqualTo(new Resources(256L << 20, 0.25, 10L << 30, 512));
    assertThat(definition.container().publish()).isEqualTo("127.0.0.1:8021");
    assertThat(definition.sleepPolicy().stopAfter()).isEqualTo(Duration.ofHours(24));
    assertThat(definition.sleepPolicy().memoryReservation()).isEqualTo(128L << 20);
    assertThat(definition.readiness().httpPath()).isEqualTo("/health");
    assertThat(definition.dependsOn()).containsExactly("memory");
  }

  @ParameterizedTest
  @CsvSource({"-1", "much", "10 elephants"})
  void storageThatIsNoSize_isRefusedByName(String written) {
    assertThatThrownBy(() -> read(Map.of("resources", Map.of("storage", written))))
        .isInstanceOfSatisfying(
            InvalidFieldException.class, e -> assertThat(e.field()).isEqualTo("resources.storage"));
  }

  @Test
  void fieldNames_areReadInAnyHabit() {
    assertThat(read(Map.of("sleepPolicy", Map.of("idleTimeout", "5m"))).sleepPolicy().idleTimeout())
        .isEqualTo(
            read(Map.of("sleep-policy", Map.of("idle-timeout", 300))).sleepPolicy().idleTimeout());
  }

  @ParameterizedTest
  @CsvSource({"5s,5", "10m,120"})
  void minSleepTime_isNoLongerThanTheIdleTimeout_unlessSaid(String idleTimeout, long seconds) {
    SleepPolicy policy =
        read(Map.of("sleep_policy", Map.of("idle_timeout", idleTimeout))).sleepPolicy();
    assertThat(policy.minSleepTime()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void labels_areAPolicy() {
    ServiceDefinition definition =
        read(
            DefinitionReader.fromLabels(
                Map.of(
                    "catnap.enable", "true",
                    "catnap.service", "x",
                    "catnap.idle-timeout", "10m",
                    "catnap.priority", "low",
                    "catnap.port", "8080",
                    "catnap.depends-on", "a, b",
                    "catnap.schedule", "Mon 08:00-09:00; Tue 08:00-09:00",
                    "catnap.readiness.http", "/up",
                    "catnap.not-waking.user-agents", "UptimeRobot*, *bot*",
                    "other", "ignored")));
    assertThat(definition.sleepPolicy().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(definition.sleepPolicy().priority()).isEqualTo(Priority.LOW);
    assertThat(definition.sleepPolicy().schedule()).hasSize(2);
    assertThat(definition.port()).isEqualTo(8080);
    assertThat(definition.dependsOn()).containsExactly("a", "b");
    assertThat(definition.readiness().httpPath()).isEqualTo("/up");
    assertThat(definition.notWaking().userAgents()).containsExactly("UptimeRobot*", "*bot*");
  }

  @Test
  void nothingIsMarkedAsNotWaking_unlessSaid() {
    assertThat(read(Map.of("image", "i")).notWaking()).isEqualTo(NotWaking.NONE);
    assertThat(read(Map.of("not_waking", Map.of("paths", "/health"))).notWaking())
        .isEqualTo(new NotWaking(List.of(), List.of("/health"), List.of()));
    assertThat(read(Map.of("not_waking", Map.of("user_agents", List.of("a, b; c")))).notWaking())
        .isEqualTo(new NotWaking(List.of("a, b; c"), List.of(), List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "paths,health,not_waking.paths[0]",
    "headers,X Probe=1,not_waking.headers[0]",
    "headers,X-*,not_waking.headers[0]",
    "agents,x,not_waking.agents"
  })
  void oddMark_isNamed(String field, String value, String named) {
    assertThatThrownBy(() -> read(Map.of("not_waking", Map.of(field, List.of(value)))))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageContaining(named);
  }

  @Test
  void misspeltField_isNamedWithThoseKnown() {
    assertThatThrownBy(() -> read(Map.of("sleep_policy", Map.of("idle_timout", 5))))
        .hasMessageContaining("sleep_policy.idle_timout")
        .hasMessageContaining("idle_timeout");
  }

  @ParameterizedTest
  @CsvSource({"600,600", "'10m',600", "1.5h,5400", "2d,172800", "PT5M,300", "0.5,0.5", "500ms,0.5"})
  void durations(String written, double seconds) {
    assertThat(Quantities.duration("f", written).toMillis()).isEqualTo((long) (seconds * 1000));
  }

  @ParameterizedTest
  @CsvSource({"256MB,268435456", "256m,268435456", "1GiB,1073741824", "1.5k,1536", "77,77"})
  void sizes(String written, long bytes) {
    assertThat(Quantities.bytes("f", written)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "10 parsecs",
    "-5",
    "1e3",
    "''",
    "99999999d",
    "m",
    "P99999999D",
    "PT-9999999999999999S"
  })
  void oddDurations_areRefused(String written) {
    assertThatThrownBy(() -> Quantities.duration("f", written))
        .isInstanceOf(InvalidFieldException.class)
        .hasMessageStartingWith("f must be");
  }

  @Test
  void newestDefinitionWins_andKeepsTheHold() {
    Hold hold = new Hold(Hold.Mode.AWAKE, THEN.plusSeconds(60));
    ServiceDefinition held = ServiceDefinition.adopted("a", THEN).withHold(hold);
    assertThat(ServiceDefinition.adopted("a", THEN.minusMillis(1)).succeeding(held)).isNull();
    assertThat(ServiceDefinition.adopted("a", THEN).succeeding(held)).isNull();
    ServiceDefinition newer = ServiceDefinition.adopted("a", THEN.plusMillis(1)).succeeding(held);
    assertThat(newer.hold()).isEqualTo(hold);
  }

  @Test
  void writtenDefinition_isReadBackEqual() {
    ServiceDefinition definition =
        read(
            Map.of(
                "image",
                "i",
                "port",
                80,
                "environment",
                List.of("A=b=c"),
                "publish",
                false,
                "not_waking",
                Map.of("headers", List.of("X-Monitor", "X-Probe=1"))));
    assertThat(
            DefinitionReader.readRecorded("filesystem", DefinitionWriter.write(definition), THEN))
        .isEqualTo(definition);
  }
}
