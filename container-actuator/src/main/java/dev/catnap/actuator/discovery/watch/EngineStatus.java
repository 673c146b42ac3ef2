package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.engine.EngineInfo;
import org.jspecify.annotations.Nullable;

/**
 * How the engine was when last asked.
 *
 * @param info null: it never answered yet
 * @param problem null: it answers
 */
public record EngineStatus(@Nullable EngineInfo info, @Nullable String problem) {
  public boolean isReachable() {
    return problem == null;
  }
}
