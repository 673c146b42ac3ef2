package dev.catnap.ingest.activity;

import dev.catnap.events.Activity;
import java.util.List;

/** Where accepted activity goes. */
public interface ActivityLog {
  /**
   * Appends all of it and waits, bounded, until it is safe.
   *
   * @return how many are safe; fewer than given when the log could not take them all in time
   */
  int append(List<Activity> activities) throws InterruptedException;

  /** False when it is known that nothing could be appended now. */
  boolean isReachable();
}
