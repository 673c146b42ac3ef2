package dev.catnap.ingest.gate;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
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

  public static StateChange waking(String service, String container, RunState from, Instant at) {
    return change(service, container, from, RunState.WAKING, at, null, null, null);
  }

  /** The end of the wake that a command asked for. */
  public static StateChange woken(
      String service, String container, String command, Instant requestedAt, Instant at) {
    WakeStages stages = new WakeStages(requestedAt, null, null, null, null);
    return change(service, container, RunState.WAKING, RunState.RUNNING, at, null, command, stages);
  }

  private static StateChange went(
      String service, String container, RunState to, Instant at, @Nullable String failure) {
    return change(service, container, RunState.UNKNOWN, to, at, failure, null, null);
  }

  private static StateChange change(
      String service,
      String container,
      RunState from,
      RunState to,
      Instant at,
      @Nullable String failure,
      @Nullable String command,
      @Nullable WakeStages stages) {
    return new StateChange(
        UUID.randomUUID().toString(),
        service,
        container,
        "host-1",
        from,
        to,
        at,
        Reason.EXTERNAL,
        command,
        null,
        null,
        null,
        failure,
        stages,
        null,
        null);
  }
}
