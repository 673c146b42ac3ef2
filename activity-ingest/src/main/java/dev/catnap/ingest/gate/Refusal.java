package dev.catnap.ingest.gate;

import java.util.Locale;

/** Why somebody is not let through. */
public enum Refusal {
  UNKNOWN_SERVICE(0),
  UNKNOWN_HOST(0),
  /** Nothing is known yet: the log has not been read once since the start. */
  NOT_CAUGHT_UP(1),
  BROKER_AWAY(2),
  TOO_MANY_HELD(1),
  WAKE_FAILED(5),
  NOT_IN_TIME(1),
  SHUTTING_DOWN(2),
  /** Somebody asked why it is not let through, and now it would be: it comes again at once. */
  AWAKE_AGAIN(1),
  /** It is marked as not waking, and the service is not awake. */
  NOT_WAKING(30);

  private final int retryAfterSeconds;

  Refusal(int retryAfterSeconds) {
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** When to come again; 0 when there is no sense in it. */
  public int retryAfterSeconds() {
    return retryAfterSeconds;
  }

  /** There is no such thing, and coming again does not help. */
  public boolean isUnknown() {
    return this == UNKNOWN_SERVICE || this == UNKNOWN_HOST;
  }

  /** Coming again helps, once the service is awake. */
  public boolean isTemporary() {
    return !isUnknown() && this != NOT_WAKING;
  }

  /** As a label of a metric. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
