package dev.catnap.actuator.transition;

import org.jspecify.annotations.Nullable;

/** Tells a container that died by itself from one that came to its end, or was ended. */
public final class Crash {
  private Crash() {}

  /**
   * @param exitCode null: not known, and then nobody can tell
   * @param ended somebody sent it a signal to end
   * @return for a person, such as {@code exited with 137, out of memory}; null: it was no crash
   */
  public static @Nullable String describe(
      @Nullable Integer exitCode, boolean outOfMemory, boolean ended) {
    if (outOfMemory) {
      return "exited with " + exitCode + ", out of memory";
    }
    return exitCode == null || exitCode == 0 || ended ? null : "exited with " + exitCode;
  }
}
