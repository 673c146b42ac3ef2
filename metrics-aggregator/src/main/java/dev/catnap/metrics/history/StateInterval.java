package dev.catnap.metrics.history;

import dev.catnap.events.RunState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time that a container spent in one state.
 *
 * @param changeId the change that began it; with service and container its natural key
 * @param stateBefore the state of the interval before, or what the change itself says where it is
 *     the first heard of
 * @param startedAt inclusive
 * @param endedAt exclusive; null while it lasts
 */
public record StateInterval(
    String service,
    String container,
    String changeId,
    RunState state,
    RunState stateBefore,
    Instant startedAt,
    @Nullable Instant endedAt) {
  public boolean isOpen() {
    return endedAt == null;
  }
}
