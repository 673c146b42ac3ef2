package dev.catnap.actuator.transition;

import dev.catnap.events.StateChange;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log that keeps what it is told and answers when the test says so; at once to begin with. */
public final class RecordedStates implements StateLog {
  private final List<StateChange> published = new CopyOnWriteArrayList<>();
  private final List<String> forgotten = new CopyOnWriteArrayList<>();
  private volatile CompletableFuture<?> written = CompletableFuture.completedFuture(null);

  /** All so far, in order. */
  public List<StateChange> published() {
    return published;
  }

  /** Containers whose states are kept no longer. */
  public List<String> forgotten() {
    return forgotten;
  }

  /** What each append and forget from now on answers. */
  public void answer(CompletableFuture<?> answer) {
    written = answer;
  }

  @Override
  public CompletableFuture<?> append(List<StateChange> changes) {
    published.addAll(changes);
    return written;
  }

  @Override
  public CompletableFuture<?> forget(String containerKey) {
    forgotten.add(containerKey);
    return written;
  }
}
