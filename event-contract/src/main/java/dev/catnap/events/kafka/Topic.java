package dev.catnap.events.kafka;

import dev.catnap.events.json.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A topic and what its records are. Keys are texts, service names where not said otherwise.
 *
 * @param type the CloudEvents type, without version
 * @param retention how long a record is kept; null: for ever
 * @param compacted only the newest record of a key is kept, and a null value removes it
 */
public record Topic<V>(
    String name,
    String type,
    EventCodec<V> codec,
    Function<V, String> keyOf,
    Function<V, @Nullable String> idOf,
    Function<V, Instant> timeOf,
    @Nullable Duration retention,
    boolean compacted) {
  /** Where records go that cannot be read. */
  public String deadLetterTopic() {
    return name + ".dlt";
  }
}
