package dev.catnap.actuator.transition;

import dev.catnap.events.StateChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where state changes are written for all to read. */
public interface StateLog {
  /**
   * @param changes of one container, in their order; not empty
   * @return done when the log has them for good
   */
  CompletableFuture<?> append(List<StateChange> changes);

  /** The container is gone for good: its newest state is no longer kept. */
  CompletableFuture<?> forget(String containerKey);
}
