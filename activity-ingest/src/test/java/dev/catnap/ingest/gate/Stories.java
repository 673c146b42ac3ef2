package dev.catnap.ingest.gate;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** State changes as tests tell them. */
public final class Stories {
  public static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

  private Stories() {}

  public static StateChange went(String service, RunState to, Instant at) {
    return went(service, "main", to, at, null);
  }

  public static StateChange went(String service, String container, RunState to, Instant at) {
    return went(service, container, to, at, null);
  }

  public static StateChange failed(String service, Instant at, String why) {
    return went(service, "main", RunState.FAILED, at, why);
  }

  private static StateChange went(
      String service, String container, RunState to, Instant at, @Nullable String failure) {
    return new StateChange(
        UUID.randomUUID().toString(),
        service,
        container,
        "host-1",
        RunState.UNKNOWN,
        to,
        at,
        Reason.EXTERNAL,
        null,
        null,
        null,
        null,
        failure,
        null);
  }
}
