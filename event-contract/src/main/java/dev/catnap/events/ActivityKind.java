package dev.catnap.events;

import java.util.Locale;

/** What kind of use was seen. On the wire in lower case. */
public enum ActivityKind {
  REQUEST,
  CONNECTION,
  JOB,
  HEARTBEAT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
