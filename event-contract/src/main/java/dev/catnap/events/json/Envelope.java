package dev.catnap.events.json;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a record besides its value.
 *
 * @param key the record's key, a service name
 * @param receivedAt when the log took it; stands in for a time that the value does not give
 * @param id the CloudEvents id, where there is one; {@code time} and {@code source} likewise
 */
public record Envelope(
    @Nullable String key,
    Instant receivedAt,
    @Nullable String id,
    @Nullable Instant time,
    @Nullable String source) {
  /** A value that came without CloudEvents attributes. */
  public static Envelope plain(@Nullable String key, Instant receivedAt) {
    return new Envelope(key, receivedAt, null, null, null);
  }
}
