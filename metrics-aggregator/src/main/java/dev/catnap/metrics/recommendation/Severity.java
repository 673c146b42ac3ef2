package dev.catnap.metrics.recommendation;

import java.util.Locale;

/** How much an issue matters, the least first. On the wire in lower case. */
public enum Severity {
  INFO,
  WARNING,
  CRITICAL;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
