package dev.catnap.ingest.gate;

import dev.catnap.events.RunState;
import dev.catnap.events.StateChange;
import dev.catnap.events.WakeStages;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How long the last wakes of each service took: from the request, where the change says when it
 * was, else from the command's receipt. Of a service with several containers the slowest counts.
 *
 * <p>Wakes from different states are kept apart, because one takes milliseconds and the other
 * seconds. To be told the changes of a container in their order, as often as one likes.
 */
public final class WakeTimes {
  /** Wakes remembered of each service and state. */
  static final int REMEMBERED = 9;

  /** Which wake: one state woken from. */
  private record Key(String service, RunState from) {}

  private final ConcurrentHashMap<Key, LastWakes> wakes = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, RunState> wokenFrom = new ConcurrentHashMap<>();

  public void saw(StateChange change) {
    if (change.to() == RunState.WAKING) {
      wokenFrom.put(change.containerKey(), change.from());
      return;
    }
    RunState from = wokenFrom.remove(change.containerKey());
    Duration took = change.to() == RunState.RUNNING ? took(change) : null;
    if (from != null && took != null) {
      String wake = change.commandId() == null ? change.id() : change.commandId();
      wakes
          .computeIfAbsent(new Key(change.service(), from), key -> new LastWakes())
          .add(wake, took);
    }
  }

  private static @Nullable Duration took(StateChange change) {
    WakeStages stages = change.stages();
    Instant requestedAt = stages == null ? null : stages.requestedAt();
    if (requestedAt != null && !requestedAt.isAfter(change.at())) {
      return Duration.between(requestedAt, change.at());
    }
    return change.tookMillis() == null ? null : Duration.ofMillis(change.tookMillis());
  }

  /** The median of the last wakes from that state; null: there was none. */
  public @Nullable Duration usual(String service, RunState from) {
    LastWakes last = wakes.get(new Key(service, from));
    return last == null ? null : last.median();
  }

  /** By the command that they carried out. */
  private static final class LastWakes {
    private final LinkedHashMap<String, Duration> took = new LinkedHashMap<>();

    synchronized void add(String wake, Duration duration) {
      took.merge(wake, duration, (a, b) -> a.compareTo(b) > 0 ? a : b);
      if (took.size() > REMEMBERED) {
        took.pollFirstEntry();
      }
    }

    synchronized Duration median() {
      return took.values().stream().sorted().skip(took.size() / 2).findFirst().orElseThrow();
    }
  }
}
