package dev.catnap.actuator.transition;

import dev.catnap.events.StateChange;
import java.util.concurrent.CompletableFuture;

/** Where state changes are written for all to read. */
public interface StateLog {
  /**
   * @return done when the log has it for good
   */
  CompletableFuture<?> append(StateChange change);

  /** The container is gone for good: its newest state is no longer kept. */
  CompletableFuture<?> forget(String containerKey);
}
