package dev.catnap.events;

import java.util.Locale;

/** How dear a service is. On the wire in lower case. */
public enum Priority {
  /** Sleeps first under pressure. */
  LOW,
  NORMAL,
  /** Never put to sleep automatically. */
  HIGH;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
