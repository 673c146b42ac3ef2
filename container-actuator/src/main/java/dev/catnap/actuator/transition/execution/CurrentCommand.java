package dev.catnap.actuator.transition.execution;

import org.jspecify.annotations.Nullable;

/**
 * The command that a thread carries out, and the threads that it begins for it: so that a call to
 * the engine can be told of under the command that it was made for.
 */
public final class CurrentCommand {
  private static final InheritableThreadLocal<String> ID = new InheritableThreadLocal<>();

  private CurrentCommand() {}

  /** Null: none, such as while states are compared. */
  public static @Nullable String id() {
    return ID.get();
  }

  static void begin(String commandId) {
    ID.set(commandId);
  }

  static void end() {
    ID.remove();
  }
}
