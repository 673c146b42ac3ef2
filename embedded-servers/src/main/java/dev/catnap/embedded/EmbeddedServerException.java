package dev.catnap.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded server cannot start or stop; the message says which one, why, and how to mend it. */
public final class EmbeddedServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public EmbeddedServerException(String message) {
    super(message);
  }

  public EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
