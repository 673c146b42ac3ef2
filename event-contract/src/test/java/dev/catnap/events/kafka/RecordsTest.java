package dev.catnap.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catnap.events.Activity;
import dev.catnap.events.json.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private static final Instant AT = Instant.parse("2026-10-01T08:00:00.123456Z");
  private static final long RECEIVED = Instant.parse("2026-10-01T09:00:00Z").toEpochMilli();

  private static Headers headers(Map<String, String> values) {
    Headers headers = new RecordHeaders();
    values.forEach((key, value) -> headers.add(key, bytes(value)));
    return headers;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Activity read(String json, Map<String, String> headers) {
    return Records.read(Topics.ACTIVITY, "a", bytes(json), headers(headers), RECEIVED);
  }

  @Test
  void written_isReadBack_andTellsKeyTimeAndType() {
    Activity activity = Activity.request("a", AT);
    var record = Records.write(Topics.ACTIVITY, activity, "/catnap/test");
    assertThat(record.key()).isEqualTo("a");
    assertThat(record.timestamp()).isEqualTo(AT.toEpochMilli());
    assertThat(new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
        .isEqualTo("dev.catnap.activity.v1");
    Activity back =
        Records.read(Topics.ACTIVITY, record.key(), record.value(), record.headers(), RECEIVED);
    assertThat(back.at()).isEqualTo(AT);
    assertThat(back.service()).isEqualTo("a");
  }

  @Test
  void binaryCloudEvent_givesWhatTheValueLeavesOut() {
    Activity activity =
        read(
            "{\"service\":\"a\"}",
            Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                "e1",
                "ce_source",
                "/gw",
                "ce_time",
                AT.toString()));
    assertThat(activity.id()).isEqualTo("e1");
    assertThat(activity.source()).isEqualTo("/gw");
    assertThat(activity.at()).isEqualTo(AT);
  }

  @Test
  void structuredCloudEvent_isRead() {
    Activity activity =
        read(
            "{\"specversion\":\"1.0\",\"id\":\"e2\",\"source\":\"/gw\",\"type\":\"x\",\"time\":\"2026-10-01T10:00:00+02:00\",\"data\":{\"service\":\"b\",\"count\":2}}",
            Map.of("content-type", "application/cloudevents+json; charset=utf-8"));
    assertThat(activity.service()).isEqualTo("b");
    assertThat(activity.id()).isEqualTo("e2");
    assertThat(activity.at()).isEqualTo(Instant.parse("2026-10-01T08:00:00Z"));
  }

  @Test
  void fromTheFuture_isRefused() {
    assertThat(read("{\"service\":\"a\",\"at\":\"2026-10-01T10:00:00Z\"}", Map.of()).at())
        .isEqualTo(Instant.parse("2026-10-01T10:00:00Z"));
    assertThatThrownBy(
            () -> read("{\"service\":\"a\",\"at\":\"2026-10-01T10:00:00.001Z\"}", Map.of()))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith("time must be at most 3600 s after that of the record");
  }

  @Test
  void newerOrOddVersion_isRefused() {
    assertThat(read("{\"service\":\"a\"}", Map.of(Records.VERSION_HEADER, "1")).service())
        .isEqualTo("a");
    for (String version : new String[] {"2", "one", "-1", "99999999999"}) {
      assertThatThrownBy(() -> read("{\"service\":\"a\"}", Map.of(Records.VERSION_HEADER, version)))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessageContaining(version);
    }
  }

  @Test
  void nullValue_removesOnCompactedTopics_andIsMalformedElsewhere() {
    assertThat(Records.read(Topics.SERVICES, "a", null, new RecordHeaders(), RECEIVED)).isNull();
    assertThatThrownBy(
            () -> Records.read(Topics.ACTIVITY, "a", null, new RecordHeaders(), RECEIVED))
        .isInstanceOf(MalformedRecordException.class);
  }

  @Test
  void oddTimestampOfARecord_isNotFatal() {
    assertThat(
            Records.read(
                    Topics.ACTIVITY, "a", bytes("{\"service\":\"a\"}"), new RecordHeaders(), -1)
                .at())
        .isEqualTo(Instant.EPOCH);
  }
}
