package dev.catnap.actuator.engine.docker;

import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.model.Event;
import com.github.dockerjava.api.model.EventActor;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.EngineListener;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Reads Docker's events as ours and says once when the stream has ended. */
final class EventStream extends ResultCallback.Adapter<Event> {
  private static final Map<String, EngineEvent.Kind> KINDS =
      Map.of(
          "create", EngineEvent.Kind.CREATED,
          "start", EngineEvent.Kind.STARTED,
          "pause", EngineEvent.Kind.PAUSED,
          "unpause", EngineEvent.Kind.UNPAUSED,
          "oom", EngineEvent.Kind.OUT_OF_MEMORY,
          "kill", EngineEvent.Kind.KILLED,
          "die", EngineEvent.Kind.DIED,
          "destroy", EngineEvent.Kind.REMOVED,
          "rename", EngineEvent.Kind.RENAMED);

  /**
   * What the engine is asked to tell; all else, the noise of health checks above all, stays there.
   */
  static final String[] ACTIONS = KINDS.keySet().toArray(String[]::new);

  /** HUP, USR1 and USR2: programs take them as a word to read their settings again. */
  private static final Set<String> HARMLESS_SIGNALS = Set.of("1", "10", "12");

  private final EngineListener listener;
  private final AtomicBoolean ended = new AtomicBoolean();

  EventStream(EngineListener listener) {
    this.listener = listener;
  }

  @Override
  public void onNext(Event event) {
    EngineEvent.Kind kind = KINDS.get(String.valueOf(event.getAction()));
    EventActor actor = event.getActor();
    if (kind == null || actor == null || actor.getId() == null || ended.get()) {
      return;
    }
    Map<String, String> attributes =
        actor.getAttributes() == null ? Map.of() : actor.getAttributes();
    if (kind == EngineEvent.Kind.KILLED
        && HARMLESS_SIGNALS.contains(attributes.getOrDefault("signal", ""))) {
      return;
    }
    long nanos = event.getTimeNano() == null ? 0 : event.getTimeNano();
    listener.happened(
        new EngineEvent(
            actor.getId() + "/" + nanos + "/" + event.getAction(),
            kind,
            actor.getId(),
            Snapshots.nameOf(attributes.getOrDefault("name", "")),
            Instant.ofEpochSecond(nanos / 1_000_000_000L, nanos % 1_000_000_000L),
            exitCode(attributes.get("exitCode")),
            attributes));
  }

  private static @Nullable Integer exitCode(@Nullable String written) {
    return written != null && written.matches("-?[0-9]{1,9}") ? Integer.valueOf(written) : null;
  }

  @Override
  public void onError(Throwable failure) {
    super.onError(failure);
    end(String.valueOf(failure));
  }

  @Override
  public void onComplete() {
    super.onComplete();
    end("the engine closed the stream");
  }

  private void end(String reason) {
    if (ended.compareAndSet(false, true)) {
      listener.lost(reason);
    }
  }

  /** Closed by us: nobody is told. */
  void cancel() {
    ended.set(true);
    try {
      close();
    } catch (java.io.IOException e) {
      // The connection is gone already.
    }
  }
}
