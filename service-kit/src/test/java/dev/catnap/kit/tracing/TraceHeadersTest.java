package dev.catnap.kit.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceHeadersTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void theyTravelOnARecord_inPlaceOfFormerOnes() {
    RecordHeaders record = new RecordHeaders();
    record.add(
        TraceHeaders.TRACEPARENT, "former".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    TraceHeaders headers = TraceHeaders.of(PARENT, "vendor=1");
    headers.putOn(record);
    assertThat(TraceHeaders.on(record)).isEqualTo(headers);
    assertThat(record.headers(TraceHeaders.TRACEPARENT)).hasSize(1);
    assertThat(headers.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(headers.spanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(headers.isSampled()).isTrue();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more"
      })
  void whatIsNotOfTheForm_isNoParent(String traceparent) {
    assertThat(TraceHeaders.of(traceparent, "vendor=1")).isNull();
  }

  @Test
  void aStateThatIsTooLong_isLeftBehind() {
    assertThat(TraceHeaders.of(PARENT, "v=" + "x".repeat(511)).tracestate()).isNull();
    assertThat(TraceHeaders.of(PARENT, "v=" + "x".repeat(510)).tracestate()).isNotNull();
  }
}
