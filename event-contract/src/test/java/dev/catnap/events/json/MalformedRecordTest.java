package dev.catnap.events.json;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.kafka.Topic;
import dev.catnap.events.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes, reading fails with one kind of exception that names the field. */
class MalformedRecordTest {
  private static final String CHANGE =
      """
      {"id":"i","service":"a","container":"c","host":"h","from":"RUNNING","to":"%s",
       "at":"2026-10-01T08:00:00Z","reason":"idle"%s}\
      """;

  static Stream<Arguments> rubbish() {
    return Stream.of(
        Arguments.of(Topics.ACTIVITY, "", "value"),
        Arguments.of(Topics.ACTIVITY, "not json", "value"),
        Arguments.of(Topics.ACTIVITY, "null", "service"),
        Arguments.of(Topics.ACTIVITY, "[]", "value"),
        Arguments.of(Topics.ACTIVITY, "{}", "service"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\"} {\"service\":\"b\"}", "value"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a b\"}", "service"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"count\":0}", "count"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"count\":\"x\"}", "count"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"inFlight\":-1}", "inFlight"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"kind\":\"dance\"}", "kind"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"at\":\"yesterday\"}", "at"),
        Arguments.of(
            Topics.ACTIVITY, "{\"service\":\"a\",\"at\":\"+999999999-01-01T00:00:00Z\"}", "at"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"at\":\"2262-01-01T00:00:00Z\"}", "at"),
        Arguments.of(Topics.ACTIVITY, "{\"service\":\"a\",\"at\":\"1969-12-31T23:59:59Z\"}", "at"),
        Arguments.of(
            Topics.STATE_CHANGES,
            CHANGE.formatted("RUNNING", ",\"stages\":{\"readyAt\":\"2999-01-01T00:00:00Z\"}"),
            "stages.readyAt"),
        Arguments.of(Topics.COMMANDS, "{\"service\":\"a\"}", "id"),
        Arguments.of(Topics.STATE_CHANGES, CHANGE.formatted("ASLEEP", ""), "to"),
        Arguments.of(
            Topics.STATE_CHANGES, CHANGE.formatted("SLEEPING", ",\"tookMillis\":-5"), "tookMillis"),
        Arguments.of(Topics.STATE_CHANGES, "null", "value"),
        Arguments.of(Topics.RESOURCE_SAMPLES, "{\"service\":\"a\",\"cpuCores\":\"NaN\"}", ""),
        Arguments.of(Topics.SERVICES, "[1]", "definition"),
        Arguments.of(Topics.SERVICES, "{\"port\":70000}", "port"),
        Arguments.of(
            Topics.SERVICES,
            "{\"sleep_policy\":{\"idle_timeout\":\"soon\"}}",
            "sleep_policy.idle_timeout"));
  }

  @ParameterizedTest
  @MethodSource("rubbish")
  void rubbish_isRefusedByName(Topic<?> topic, String json, String field) {
    assertThatThrownBy(() ->
            topic
                .codec()
                .read(json.getBytes(StandardCharsets.UTF_8), Envelope.plain("svc", Instant.EPOCH)))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith(field);
  }
}
