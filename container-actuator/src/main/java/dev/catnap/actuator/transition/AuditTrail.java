package dev.catnap.actuator.transition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The newest actions taken or refused; older ones fall out, history is on the log. */
public final class AuditTrail {
  public static final int CAPACITY = 1000;

  private final ArrayDeque<AuditEntry> newestFirst = new ArrayDeque<>();
  private final Consumer<AuditEntry> listener;

  /**
   * @param listener told of each entry, to count and log
   */
  public AuditTrail(Consumer<AuditEntry> listener) {
    this.listener = listener;
  }

  public void add(AuditEntry entry) {
    synchronized (newestFirst) {
      newestFirst.addFirst(entry);
      if (newestFirst.size() > CAPACITY) {
        newestFirst.removeLast();
      }
    }
    listener.accept(entry);
  }

  /** The newest first. */
  public List<AuditEntry> newest() {
    synchronized (newestFirst) {
      return new ArrayList<>(newestFirst);
    }
  }
}
