package dev.catnap.events;

import java.time.Instant;
import java.util.Locale;

/**
 * Kept awake or asleep by hand; demand still wakes a service that is held asleep.
 *
 * @param until when the hold ends, exclusive
 */
public record Hold(Mode mode, Instant until) {
  /** On the wire in lower case. */
  public enum Mode {
    AWAKE,
    ASLEEP;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Hold {
    Check.present("hold.mode", mode);
    Check.time("hold.until", until);
  }

  public boolean holdsAt(Instant now) {
    return now.isBefore(until);
  }
}
