package dev.catnap.ingest.gate;

import java.time.Duration;

/** How the gate stands to the log. */
public interface LogState {
  /** Everything on it has been read once since the start. */
  boolean caughtUp();

  /** How long the broker has not been reached; zero while it is there. */
  Duration awayFor();
}
