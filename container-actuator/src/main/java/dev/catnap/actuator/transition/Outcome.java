package dev.catnap.actuator.transition;

import java.util.Locale;

/** What became of a command, of which there is exactly one for each command read. */
public enum Outcome {
  DONE,
  ALREADY_THERE,
  FAILED,
  /** It cannot or must not be done: a stranger's container, or one in no condition for it. */
  REFUSED,
  /** Somebody came while it fell asleep. */
  GIVEN_UP,
  /** A newer command for the same service came before this one began. */
  SUPERSEDED,
  /** The same command was seen before. */
  DUPLICATE,
  /** Older than another command for the service that was seen already. */
  OUTDATED,
  /** Too old to be carried out. */
  EXPIRED,
  /** The service belongs to another host. */
  ELSEWHERE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
