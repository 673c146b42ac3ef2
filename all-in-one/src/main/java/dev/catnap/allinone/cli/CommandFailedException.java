package dev.catnap.allinone.cli;

import org.jspecify.annotations.Nullable;

/** A command could not do its work. The message is one line for the person at the terminal. */
public final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CommandFailedException(String message) {
    super(message);
  }

  public CommandFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
