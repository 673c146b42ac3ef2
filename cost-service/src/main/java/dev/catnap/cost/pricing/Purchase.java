package dev.catnap.cost.pricing;

import dev.catnap.events.InvalidFieldException;
import java.util.Locale;

/** How what is paid for was bought; on the wire in lower case, {@code on-demand}. */
public enum Purchase {
  /** Paid by what is held. */
  ON_DEMAND,
  /** As on demand, at a rate that may change at any time: cards that hold for a short time each. */
  SPOT,
  /** A fixed amount an hour, used or not; see {@link ReservedCapacity}. */
  RESERVED;

  /** As it is written on the wire. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Reads {@code on-demand}, {@code spot} or {@code reserved}. */
  public static Purchase parse(String text) {
    for (Purchase purchase : values()) {
      if (purchase.text().equals(text)) {
        return purchase;
      }
    }
    throw new InvalidFieldException("purchase", "must be on-demand, spot or reserved", text);
  }
}
