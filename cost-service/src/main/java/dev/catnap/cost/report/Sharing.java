package dev.catnap.cost.report;

import dev.catnap.events.InvalidFieldException;
import java.util.Locale;

/** How the idle of a host is shared out to what runs on it. */
public enum Sharing {
  /** Not at all. */
  NONE,
  /** The same to each. */
  EVEN,
  /** By what each cost on that host; the same to each where all cost nothing. */
  WEIGHTED;

  /** Reads {@code none}, {@code even} or {@code weighted}. */
  public static Sharing parse(String text) {
    for (Sharing sharing : values()) {
      if (sharing.name().toLowerCase(Locale.ROOT).equals(text)) {
        return sharing;
      }
    }
    throw new InvalidFieldException("shareIdle", "must be none, even or weighted", text);
  }
}
