package dev.catnap.actuator.engine;

/** An engine could not do what was asked; the message says why and, where known, what to do. */
public final class EngineException extends RuntimeException {
  /** What kind of failure, where callers act differently on it. */
  public enum Kind {
    /** The engine does not answer: wait for it. */
    UNREACHABLE,
    /** No answer within the deadline: what was asked may still happen, so inspect. */
    TIMED_OUT,
    NO_SUCH_CONTAINER,
    /** The container is not in a condition in which this can be done. */
    CONFLICT,
    /** The image is neither here nor to be had. */
    NO_IMAGE,
    /** The caller was asked to stop. */
    INTERRUPTED,
    REFUSED
  }

  private final Kind kind;

  public EngineException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  public EngineException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** The message; never null. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
