package dev.catnap.metrics.recommendation;

import dev.catnap.events.RunState;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads ends of containers out of state changes: what the actuator tells of one in its failure. */
public final class Crashes {
  private Crashes() {}

  /** Whether a container that ran came down by itself. */
  public static boolean isCrash(RunState from, RunState to, @Nullable String failure) {
    return from == RunState.RUNNING
        && to != RunState.RUNNING
        && failure != null
        && !failure.isBlank();
  }

  /** Whether it was killed for want of memory. */
  public static boolean isOutOfMemory(@Nullable String failure) {
    if (failure == null) {
      return false;
    }
    String text = failure.toLowerCase(Locale.ROOT);
    return text.contains("out of memory") || text.contains("(oom)");
  }
}
