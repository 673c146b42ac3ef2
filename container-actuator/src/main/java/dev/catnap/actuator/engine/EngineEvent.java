package dev.catnap.actuator.engine;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something happened to a container, whoever did it.
 *
 * @param id the same for the same event, however often it is told
 * @param exitCode only with {@code DIED}
 */
public record EngineEvent(
    String id,
    Kind kind,
    String containerId,
    String containerName,
    Instant at,
    @Nullable Integer exitCode,
    Map<String, String> labels) {
  /** What happened. */
  public enum Kind {
    CREATED,
    STARTED,
    PAUSED,
    UNPAUSED,
    OUT_OF_MEMORY,
    /** Somebody sent it a signal to end, and its end is to be expected. */
    KILLED,
    DIED,
    REMOVED,
    RENAMED
  }

  public EngineEvent {
    labels = Map.copyOf(labels);
  }
}
