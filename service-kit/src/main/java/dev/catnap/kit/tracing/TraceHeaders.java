package dev.catnap.kit.tracing;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Where in a trace somebody stands, as it travels: the two headers of W3C Trace Context, on HTTP
 * requests and on Kafka records alike.
 *
 * @param traceparent {@code 00-<32 hex: trace>-<16 hex: span>-<2 hex: flags>}
 * @param tracestate what vendors add, at most 512 characters
 */
public record TraceHeaders(String traceparent, @Nullable String tracestate) {
  public static final String TRACEPARENT = "traceparent";
  public static final String TRACESTATE = "tracestate";

  private static final Pattern FORM =
      Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final int LONGEST_STATE = 512;

  /**
   * @return null where the first is absent or not of that form: whoever sent it, its request is
   *     served, and a trace begins anew
   */
  public static @Nullable TraceHeaders of(
      @Nullable String traceparent, @Nullable String tracestate) {
    if (traceparent == null || !FORM.matcher(traceparent).matches()) {
      return null;
    }
    boolean fits = tracestate != null && tracestate.length() <= LONGEST_STATE;
    return new TraceHeaders(traceparent, fits ? tracestate : null);
  }

  /** What a record carries; null: nothing. */
  public static @Nullable TraceHeaders on(Headers record) {
    String traceparent = text(record.lastHeader(TRACEPARENT));
    return traceparent == null ? null : of(traceparent, text(record.lastHeader(TRACESTATE)));
  }

  /** Puts them on a record, in place of those that it has. */
  public void putOn(Headers record) {
    put(record, TRACEPARENT, traceparent);
    put(record, TRACESTATE, tracestate);
  }

  String traceId() {
    return traceparent.substring(3, 35);
  }

  String spanId() {
    return traceparent.substring(36, 52);
  }

  boolean isSampled() {
    return (Character.digit(traceparent.charAt(54), 16) & 1) == 1;
  }

  private static void put(Headers record, String name, @Nullable String value) {
    record.remove(name);
    if (value != null) {
      record.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static @Nullable String text(@Nullable Header header) {
    return header == null || header.value() == null
        ? null
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
