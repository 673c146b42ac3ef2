package dev.catnap.events.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catnap.events.Activity;
import dev.catnap.events.ActivityKind;
import dev.catnap.events.ResourceSample;
import dev.catnap.events.RunState;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.events.StateChange;
import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenFilesTest {
  private static final Envelope ENVELOPE =
      Envelope.plain("filesystem", Instant.parse("2026-10-01T09:00:00Z"));

  static Stream<Arguments> files() {
    return Stream.of(
        Arguments.of("activity", Topics.ACTIVITY),
        Arguments.of("command", Topics.COMMANDS),
        Arguments.of("state-change", Topics.STATE_CHANGES),
        Arguments.of("state-change-failed", Topics.STATE_CHANGES),
        Arguments.of("state-change-falling-asleep", Topics.STATE_CHANGES),
        Arguments.of("state-change-gone", Topics.STATE_CHANGES),
        Arguments.of("resource-sample", Topics.RESOURCE_SAMPLES),
        Arguments.of("service-definition", Topics.SERVICES));
  }

  @ParameterizedTest
  @MethodSource("files")
  <V> void goldenFile_isReadAndWrittenByteForByte(String file, Topic<V> topic) {
    byte[] golden = Golden.file(file);
    V event = topic.codec().read(golden, ENVELOPE);
    assertThat(new String(topic.codec().write(event), StandardCharsets.UTF_8) + "\n")
        .isEqualTo(new String(golden, StandardCharsets.UTF_8));
  }

  @Test
  void activity_withOnlyAService_takesTheRestFromTheEnvelope() {
    Activity activity = read("{\"service\":\"filesystem\"}");
    assertThat(activity)
        .isEqualTo(
            new Activity(
                "filesystem", ENVELOPE.receivedAt(), ActivityKind.REQUEST, 1, null, null, null));
  }

  @Test
  void activity_withUnknownFieldsAndNumericTime_isRead() {
    Activity activity = read("{\"service\":\"a\",\"at\":\"2026-10-01T10:00:00+02:00\",\"new\":{}}");
    assertThat(activity.at()).isEqualTo(Instant.parse("2026-10-01T08:00:00Z"));
  }

  @Test
  void definition_fillsDefaults() {
    ServiceDefinition definition =
        Topics.SERVICES.codec().read("{}".getBytes(StandardCharsets.UTF_8), ENVELOPE);
    assertThat(definition.sleepPolicy().idleTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(definition.containerName()).isEqualTo("filesystem");
    assertThat(definition.definedAt()).isEqualTo(ENVELOPE.receivedAt());
  }

  @Test
  void stateChange_carriesItsStages() {
    StateChange change = Topics.STATE_CHANGES.codec().read(Golden.file("state-change"), ENVELOPE);
    assertThat(change.to()).isEqualTo(RunState.RUNNING);
    assertThat(change.stages().requestedAt())
        .isEqualTo(Instant.parse("2026-10-01T08:00:00.123456Z"));
  }

  @Test
  void sample_ofBeforeThereWereConnectionsAndStorage_isRead() {
    String written =
        new String(Golden.file("resource-sample"), StandardCharsets.UTF_8)
            .replace(",\"connections\":3,\"storageBytes\":1073741824", "");
    assertThat(written).doesNotContain("connections", "storageBytes");
    ResourceSample sample =
        Topics.RESOURCE_SAMPLES.codec().read(written.getBytes(StandardCharsets.UTF_8), ENVELOPE);
    assertThat(sample.connections()).isNull();
    assertThat(sample.storageBytes()).isNull();
  }

  @Test
  void sampleOfStorage_tellsNothingElse() {
    ResourceSample stopped =
        ResourceSample.ofStorage("web", "web-1", "node-1", ENVELOPE.receivedAt(), 42);
    assertThat(stopped.tellsStorageOnly()).isTrue();
    assertThat(stopped.withStorage(null).tellsStorageOnly()).isFalse();
    ResourceSample running =
        Topics.RESOURCE_SAMPLES.codec().read(Golden.file("resource-sample"), ENVELOPE);
    assertThat(running.tellsStorageOnly()).isFalse();
    assertThat(new String(Topics.RESOURCE_SAMPLES.codec().write(stopped), StandardCharsets.UTF_8))
        .endsWith("\"blockWriteBytes\":0,\"storageBytes\":42}");
  }

  /** Read in a short way where it can be: the result, or what is said of it, must not differ. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "\"pids\":4,->",
        "\"pids\":4->\"pids\":7.0",
        "\"pids\":4->\"pids\":7.5",
        "\"pids\":4->\"pids\":\"7\"",
        "\"pids\":4->\"pids\":null",
        "\"pids\":4->\"pids\":-7",
        "\"pids\":4->\"pids\":99999999999999999999",
        "\"pids\":4->\"pids\":7,\"pids\":8",
        "\"pids\":4->\"pids\":7,\"new\":{\"a\":[1]}",
        "\"cpuCores\":0.125->\"cpuCores\":1",
        "\"cpuCores\":0.125->\"cpuCores\":\"NaN\"",
        "\"cpuCores\":0.125->\"cpuCores\":1e400",
        "\"cpuCores\":0.125->\"cpuCores\":4.2E-2",
        "\"cpuLimitCores\":0.25->\"cpuLimitCores\":null",
        "\"storageBytes\":1073741824->\"storageBytes\":null",
        "\"storageBytes\":1073741824->\"storageBytes\":-1",
        "\"storageBytes\":1073741824->\"storageBytes\":1.5",
        "\"storageBytes\":1073741824->\"storageBytes\":99999999999999999999",
        "\"storageBytes\":1073741824->\"storageBytes\":1,\"storageBytes\":2",
        "\"service\":\"filesystem\"->\"service\":\"file system\"",
        "\"service\":\"filesystem\"->\"service\":\"file\\u0073ystem\"",
        "Z\"->+00:00\"",
        "Z\"->\"",
        "}->,}",
        "}->",
        "}->}}"
      })
  void sample_isReadAsInTheGeneralWay(String change) {
    String golden = new String(Golden.file("resource-sample"), StandardCharsets.UTF_8);
    int arrow = change.indexOf("->");
    String json =
        arrow < 0
            ? change
            : golden.replace(change.substring(0, arrow), change.substring(arrow + 2));
    assertThat(arrow < 0 || !json.equals(golden)).isTrue();
    assertThat(outcome(Topics.RESOURCE_SAMPLES.codec(), json))
        .isEqualTo(outcome(EventCodec.ofFields(ResourceSample.class), json));
  }

  /** A field that is not known leads to the general way, and says nothing. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"service\":\"files\"",
        "\"service\":\"files\",\"at\":\"2026-11-29T01:53:30.5Z\",\"kind\":\"job\",\"count\":3,"
            + "\"inFlight\":2,\"source\":\"gate\",\"id\":\"a-1\"",
        "\"service\":\"files\",\"at\":\"2026-11-29T02:53:30+01:00\"",
        "\"service\":\"files\",\"at\":null,\"kind\":null,\"count\":null,\"id\":null",
        "\"service\":\"files\",\"kind\":\"JOB\"",
        "\"service\":\"files\",\"kind\":\"dance\"",
        "\"service\":\"files\",\"count\":0",
        "\"service\":\"files\",\"count\":2.0",
        "\"service\":\"files\",\"count\":99999999999",
        "\"service\":\"files\",\"inFlight\":-1",
        "\"service\":\"fi\\u006ces\",\"source\":\"\"",
        "\"service\":5",
        "\"at\":\"2026-11-29T01:53:30Z\""
      })
  void activity_isReadAsInTheGeneralWay(String fields) {
    assertThat(outcome(Topics.ACTIVITY.codec(), "{" + fields + "}"))
        .isEqualTo(outcome(Topics.ACTIVITY.codec(), "{" + fields + ",\"unheardOf\":{}}"));
  }

  private static Object outcome(EventCodec<?> codec, String json) {
    try {
      return codec.read(json.getBytes(StandardCharsets.UTF_8), ENVELOPE);
    } catch (MalformedRecordException e) {
      return e.getMessage();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-29T01:53:30Z",
        "2026-11-29T01:53:30.1Z",
        "2024-02-29T23:59:59.123456789Z",
        "0000-01-01T00:00:00.000Z"
      })
  void time_isThatOfJava(String text) {
    assertThat(UtcTimes.read(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-11-29T24:00:00Z",
        "2026-11-29T01:60:00Z",
        "2026-11-29T01:53:60Z",
        "2026-11-29T01:53:30.Z",
        "2026-11-29T01:53:30.12x4Z",
        "2026-11-29T01:53:30.1234567891Z",
        "2026-11-29 01:53:30Z",
        "2026-11-29T01:53:3Z",
        "2026-11-29T01:53:301",
        "2026-11-29T01:53:30+01:00",
        "-026-11-29T01:53:30Z",
        ""
      })
  void timeOfAnotherForm_isLeftToJava(String text) {
    assertThat(UtcTimes.read(text)).isNull();
  }

  private static Activity read(String json) {
    return Topics.ACTIVITY.codec().read(json.getBytes(StandardCharsets.UTF_8), ENVELOPE);
  }
}
