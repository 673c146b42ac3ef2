package dev.catnap.events;

import java.util.Locale;

/** Why a command was given or a state changed. On the wire in lower case: {@code stop_after}. */
public enum Reason {
  ACTIVITY,
  IDLE,
  MANUAL,
  SCHEDULE,
  PREDICTION,
  DEPENDENCY,
  PRESSURE,
  STOP_AFTER,
  /** State changes only: somebody else did it, by hand or by a crash, or it was found so. */
  EXTERNAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
