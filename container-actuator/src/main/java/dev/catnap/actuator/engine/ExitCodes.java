package dev.catnap.actuator.engine;

import org.jspecify.annotations.Nullable;

/** What the exit code of a container tells a person. */
public final class ExitCodes {
  private ExitCodes() {}

  /**
   * Null for 0 and for the codes of somebody asking it to end: 130 (SIGINT), 137 (SIGKILL), 143
   * (SIGTERM).
   */
  public static @Nullable String describe(@Nullable Integer exitCode) {
    if (exitCode == null || exitCode == 0) {
      return null;
    }
    return switch (exitCode) {
      case 130, 137, 143 -> null;
      case 126 -> "exited with code 126: its command cannot be executed";
      case 127 -> "exited with code 127: its command was not found";
      case 139 -> "exited with code 139: segmentation fault";
      default -> "exited with code " + exitCode;
    };
  }
}
