package dev.catnap.ingest.activity.http;

import dev.catnap.events.InvalidFieldException;
import dev.catnap.ingest.activity.ActivityReport;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a CloudEvent says about its data. The four attributes that CloudEvents 1.0 requires are
 * required here; of the others only the time matters.
 */
record CloudEventAttributes(String id, String source, @Nullable Instant time) {
  /**
   * @param attribute gives an attribute's text, null when it is absent
   * @param prefix how the sender wrote names, such as {@code ce-}
   * @throws InvalidFieldException when it is no CloudEvent of version 1.0
   */
  static CloudEventAttributes of(Function<String, @Nullable String> attribute, String prefix) {
    String version = attribute.apply("specversion");
    if (!"1.0".equals(version)) {
      throw new InvalidFieldException(prefix + "specversion", "must be 1.0", version);
    }
    required(attribute, prefix, "type");
    return new CloudEventAttributes(
        required(attribute, prefix, "id"),
        required(attribute, prefix, "source"),
        time(attribute.apply("time"), prefix));
  }

  private static String required(
      Function<String, @Nullable String> attribute, String prefix, String name) {
    String value = attribute.apply(name);
    if (value == null || value.isBlank()) {
      throw new InvalidFieldException(prefix + name, "must be given in a CloudEvent", value);
    }
    return value;
  }

  private static @Nullable Instant time(@Nullable String text, String prefix) {
    try {
      return text == null ? null : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidFieldException(
          prefix + "time", "must be a time as RFC 3339 writes it", text);
    }
  }

  /** What the data leave open is taken from here. */
  ActivityReport complete(ActivityReport report) {
    return report.or(id, time, source);
  }
}
