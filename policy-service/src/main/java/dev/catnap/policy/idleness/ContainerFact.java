package dev.catnap.policy.idleness;

import dev.catnap.events.Reason;
import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest known state of one container.
 *
 * @param changeId the state change that put it there
 */
public record ContainerFact(
    String container,
    String host,
    RunState from,
    RunState state,
    Instant at,
    String changeId,
    Reason reason,
    @Nullable String commandId,
    @Nullable String failure) {
  static ContainerFact of(StateChange change) {
    return new ContainerFact(
        change.container(),
        change.host(),
        change.from(),
        change.to(),
        change.at(),
        change.id(),
        change.reason(),
        change.commandId(),
        change.failure());
  }

  /** Newer by time; between two of the same time the id decides, so that any order ends alike. */
  boolean isNewerThan(@Nullable ContainerFact other) {
    if (other == null || !at.equals(other.at())) {
      return other == null || at.isAfter(other.at());
    }
    return changeId.compareTo(other.changeId()) > 0;
  }
}
