package dev.catnap.cost.pricing;

import dev.catnap.events.Check;

/**
 * Moved over the network, at so much an hour.
 *
 * @param inBytes received an hour, 0 or more
 * @param outBytes sent an hour, 0 or more
 */
public record Traffic(long inBytes, long outBytes) {
  public static final Traffic NONE = new Traffic(0, 0);

  public Traffic {
    Check.atLeast("inBytes", 0, inBytes);
    Check.atLeast("outBytes", 0, outBytes);
  }
}
