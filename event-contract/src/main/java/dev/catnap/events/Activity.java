package dev.catnap.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service was used.
 *
 * @param service its name
 * @param at when; where the sender did not say, when the record was received
 * @param kind what kind of use
 * @param count how many of them this record stands for, at least 1
 * @param inFlight how many are still open at {@code at}; null where the sender cannot tell
 * @param source who saw it
 * @param id a repeated id counts once
 */
public record Activity(
    String service,
    Instant at,
    ActivityKind kind,
    int count,
    @Nullable Integer inFlight,
    @Nullable String source,
    @Nullable String id) {
  public Activity {
    Check.serviceName("service", service);
    Check.time("at", at);
    Check.present("kind", kind);
    Check.atLeast("count", 1, count);
    if (inFlight != null) {
      Check.atLeast("inFlight", 0, inFlight);
    }
    Check.optionalText("source", source);
    Check.optionalText("id", id);
  }

  /** One request seen at that time. */
  public static Activity request(String service, Instant at) {
    return new Activity(service, at, ActivityKind.REQUEST, 1, null, null, null);
  }
}
