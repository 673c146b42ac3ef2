package dev.catnap.metrics.live;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Something that happened.
 *
 * @param id the same wherever it is read, so that a client that comes back can say how far it was
 * @param at when it happened
 * @param data as on the topic
 */
public record LiveEvent(String id, Kind kind, String service, Instant at, Object data) {
  /** What there is. On the wire by its topic's name: {@code state-change}. */
  public enum Kind {
    STATE_CHANGE("state-change"),
    RESOURCE_SAMPLE("resource-sample");

    private final String name;

    Kind(String name) {
      this.name = name;
    }

    @Override
    public String toString() {
      return name;
    }

    public static Optional<Kind> named(String name) {
      return Arrays.stream(values()).filter(kind -> kind.name.equals(name)).findFirst();
    }
  }
}
