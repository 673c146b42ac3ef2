package dev.catnap.ingest.gate.tracing;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.kit.tracing.TraceHeaders;
import dev.catnap.kit.tracing.WakeStage;
import dev.catnap.kit.tracing.WakeStageTimers;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * When the gate heard of the last wake of each service, and the trace of that wake. One entry a
 * service.
 */
public final class WakeNews {
  /**
   * @param heardAt when the gate knew
   * @param trace the actuator's step; null: not traced
   */
  public record News(String changeId, Instant heardAt, @Nullable TraceHeaders trace) {}

  private final ConcurrentHashMap<String, News> last = new ConcurrentHashMap<>();
  private final WakeStageTimers timers;

  public WakeNews(WakeStageTimers timers) {
    this.timers = timers;
  }

  /**
   * To be told before anybody is let go. The same change comes on two topics, the first counts.
   *
   * @param live false: an old story, read at the start
   */
  public void heard(
      StateChange change, @Nullable TraceHeaders trace, Instant heardAt, boolean live) {
    if (change.to() != RunState.RUNNING) {
      return;
    }
    News before = last.get(change.service());
    if (before != null && before.changeId().equals(change.id())) {
      return;
    }
    last.put(change.service(), new News(change.id(), heardAt, trace));
    if (live && change.stages() != null) {
      timers.record(WakeStage.TOLD, change.stages().readyAt(), heardAt);
    }
  }

  /** Null: never heard of one. */
  public @Nullable News last(String service) {
    return last.get(service);
  }

  /** There is no such service any more. */
  public void forget(String service) {
    last.remove(service);
  }
}
