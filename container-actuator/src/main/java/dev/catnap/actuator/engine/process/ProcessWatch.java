package dev.catnap.actuator.engine.process;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.EngineEvent.Kind;
import dev.catnap.actuator.engine.EngineListener;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The kernel tells nobody that a process was stopped, so all are looked at every 200 ms and
 * whenever one of ours ends.
 */
final class ProcessWatch implements AutoCloseable {
  private static final long EVERY_MILLIS = 200;

  private final Supplier<List<ContainerSnapshot>> list;
  private final InstantSource clock;
  private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, ContainerSnapshot> before = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("process-watch").factory());
  private boolean started;

  ProcessWatch(Supplier<List<ContainerSnapshot>> list, InstantSource clock) {
    this.list = list;
    this.clock = clock;
  }

  synchronized void add(EngineListener listener) {
    if (!started) {
      started = true;
      list.get().forEach(one -> before.put(one.name(), one));
      var unused =
          thread.scheduleWithFixedDelay(
              this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    listeners.add(listener);
  }

  void remove(EngineListener listener) {
    listeners.remove(listener);
  }

  void lookNow() {
    if (!thread.isShutdown()) {
      thread.execute(this::look);
    }
  }

  /** The time is taken before the look: what is done meanwhile must not seem older than it. */
  private synchronized void look() {
    Instant at = clock.instant();
    Set<String> names = new HashSet<>();
    for (ContainerSnapshot now : list.get()) {
      names.add(now.name());
      ContainerSnapshot was = before.put(now.name(), now);
      for (Kind kind : kinds(was, now)) {
        if (kind == Kind.DIED && isEndBySignal(now.exitCode())) {
          tell(Kind.KILLED, now, at);
        }
        tell(kind, now, at);
      }
    }
    Set<String> gone = new HashSet<>(before.keySet());
    gone.removeAll(names);
    gone.forEach(name -> {
      ContainerSnapshot was = before.remove(name);
      if (was != null) {
        tell(Kind.REMOVED, was, at);
      }
    });
  }

  private static List<Kind> kinds(@Nullable ContainerSnapshot was, ContainerSnapshot now) {
    ContainerStatus from = was == null ? ContainerStatus.ABSENT : was.status();
    ContainerStatus to = now.status();
    if (from == to) {
      boolean restarted = was != null && to == ContainerStatus.RUNNING && isOther(was, now);
      return restarted ? List.of(Kind.DIED, Kind.STARTED) : List.of();
    }
    Kind kind =
        switch (to) {
          case CREATED -> Kind.CREATED;
          case RUNNING -> from == ContainerStatus.PAUSED ? Kind.UNPAUSED : Kind.STARTED;
          case PAUSED -> Kind.PAUSED;
          case EXITED, DEAD, RESTARTING, ABSENT -> Kind.DIED;
        };
    return from == ContainerStatus.ABSENT && kind != Kind.CREATED
        ? List.of(Kind.CREATED, kind)
        : List.of(kind);
  }

  /** SIGINT, SIGKILL, SIGTERM: nobody tells who sent it, so it counts as wished. */
  private static boolean isEndBySignal(@Nullable Integer exitCode) {
    return exitCode != null && (exitCode == 130 || exitCode == 137 || exitCode == 143);
  }

  private static boolean isOther(ContainerSnapshot was, ContainerSnapshot now) {
    return was.pid() != null && !was.pid().equals(now.pid());
  }

  private void tell(Kind kind, ContainerSnapshot process, Instant at) {
    EngineEvent event =
        new EngineEvent(
            process.id() + "/" + at.toEpochMilli() + "/" + kind,
            kind,
            process.id(),
            process.name(),
            at,
            kind == Kind.DIED ? process.exitCode() : null,
            process.labels());
    listeners.forEach(listener -> listener.happened(event));
  }

  @Override
  public void close() {
    listeners.clear();
    thread.shutdownNow();
  }
}
