package dev.catnap.actuator.discovery;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.ExitCodes;
import dev.catnap.actuator.transition.Changes;
import dev.catnap.actuator.transition.EngineStates;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * From what the engine tells and what was published last to the change that is to be told, if any.
 *
 * <p>Why are our own acts not told twice? A command publishes its change after the engine's answer,
 * which comes after the engine's event: the event is older than what was published last, and so is
 * passed over. That holds while engine and actuator share a clock.
 */
public final class Observation {
  private Observation() {}

  /**
   * What an event changes.
   *
   * @param last the change published last; null: none yet
   * @param outOfMemory the container was short of memory before it died
   */
  public static @Nullable StateChange of(
      EngineEvent event,
      String service,
      String host,
      @Nullable StateChange last,
      boolean outOfMemory) {
    RunState to = stateAfter(event.kind(), last);
    RunState from = last == null ? RunState.UNKNOWN : last.to();
    if (to == null || to == from || (last != null && !event.at().isAfter(last.at()))) {
      return null;
    }
    if (from == RunState.FAILED && to != RunState.RUNNING) {
      return null;
    }
    String ending =
        event.kind() != EngineEvent.Kind.DIED
            ? null
            : outOfMemory
                ? "killed for want of memory (OOM), exit code " + event.exitCode()
                : ExitCodes.describe(event.exitCode());
    return Changes.external(
        event.id(), service, event.containerName(), host, from, to, event.at(), ending);
  }

  private static @Nullable RunState stateAfter(EngineEvent.Kind kind, @Nullable StateChange last) {
    return switch (kind) {
      case STARTED -> RunState.RUNNING;
      // An engine lets a sleeper run to stop it.
      case UNPAUSED -> last != null && last.announcesStop() ? null : RunState.RUNNING;
      case PAUSED -> RunState.SLEEPING;
      case DIED, REMOVED -> RunState.STOPPED;
      case CREATED -> last == null ? RunState.STOPPED : null;
      case OUT_OF_MEMORY, KILLED, RENAMED -> null;
    };
  }

  /**
   * What a look at a container changes.
   *
   * @param seenAt when it was looked at; what was published since is newer
   */
  public static @Nullable StateChange of(
      ContainerSnapshot seen,
      Instant seenAt,
      String service,
      String host,
      @Nullable StateChange last) {
    RunState to = EngineStates.of(seen.status());
    RunState from = last == null ? RunState.UNKNOWN : last.to();
    boolean known = last != null && !last.at().isBefore(seenAt);
    if (known || to == from || from == RunState.FAILED) {
      return null;
    }
    // What was forgotten and is found again is another finding than the first.
    String after = last == null ? "first/" + seenAt : last.id();
    String cause =
        "found/" + UUID.nameUUIDFromBytes((seen.id() + after).getBytes(StandardCharsets.UTF_8));
    return Changes.external(cause, service, seen.name(), host, from, to, seenAt, seen.ending());
  }
}
