package dev.catnap.actuator.transition.execution;

/** A started container did not come to answer; the message says how that was seen. */
final class NotReadyException extends RuntimeException {
  private final boolean crashed;

  NotReadyException(String message, boolean crashed) {
    super(message);
    this.crashed = crashed;
  }

  /** It ended by itself, so starting again may help; else it used up its time. */
  boolean crashed() {
    return crashed;
  }
}
