package dev.catnap.metrics.recommendation;

import org.jspecify.annotations.Nullable;

/** Whether a limit suits what is used. On the wire in lower case. */
public enum Fit {
  /** The limit lies above the upper bound: paid for and not used. */
  OVER,
  /** The limit lies below the lower bound: it will be throttled, or killed. */
  UNDER,
  FITS,
  /** There is no limit. */
  UNLIMITED,
  /** It was not seen awake. */
  UNKNOWN;

  /**
   * @param limit null where there is none
   * @param sizing null where nothing is known
   */
  public static Fit of(@Nullable Double limit, @Nullable Sizing sizing) {
    if (sizing == null) {
      return UNKNOWN;
    }
    if (limit == null) {
      return UNLIMITED;
    }
    if (limit > sizing.upper()) {
      return OVER;
    }
    return limit < sizing.lower() ? UNDER : FITS;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
