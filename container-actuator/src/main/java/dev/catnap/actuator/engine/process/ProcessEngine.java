package dev.catnap.actuator.engine.process;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineException.Kind;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.actuator.engine.EngineListener;
import dev.catnap.actuator.engine.Limits;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.Reclaim;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.engine.cgroup.HostSockets;
import dev.catnap.events.ContainerSpec;
import dev.catnap.events.Resources;
import dev.catnap.events.ServiceDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local processes in place of containers, where there is no Docker: paused by SIGSTOP, woken by
 * SIGCONT, stopped by SIGTERM and after its grace by SIGKILL.
 *
 * <p>They outlive the actuator, asleep or awake, and the next run finds them by its directory. Of a
 * definition only the command, the environment and the port mean something here.
 */
public final class ProcessEngine implements ContainerEngine {
  private static final Logger log = LoggerFactory.getLogger(ProcessEngine.class);
  private static final Duration DEFAULT_STOP_GRACE = Duration.ofSeconds(10);
  private static final Duration OBEYS_WITHIN = Duration.ofSeconds(5);
  private static final long LOOK_EVERY_MILLIS = 2;

  private final ProcessStore store;
  private final InstantSource clock;
  private final ProcessWatch watch;
  private final Launcher launcher;
  private final Children children = new Children();
  private final HostSockets sockets = new HostSockets();

  /**
   * @param directory of records and log files; made when missing
   */
  public ProcessEngine(Path directory, InstantSource clock) {
    this.store = new ProcessStore(directory);
    this.clock = clock;
    this.watch = new ProcessWatch(this::list, clock);
    this.launcher = new Launcher();
  }

  @Override
  public EngineInfo info() {
    return new EngineInfo("process", System.getProperty("os.version", "?"), HostName.get());
  }

  @Override
  public List<ContainerSnapshot> list() {
    return store.all().stream().map(children::snapshot).toList();
  }

  @Override
  public ContainerSnapshot inspect(String name) {
    ProcessRecord record = store.get(name);
    return record == null ? ContainerSnapshot.absent(name) : children.snapshot(record);
  }

  @Override
  public boolean canCreate(ServiceDefinition definition) {
    return !definition.container().command().isEmpty();
  }

  @Override
  public void create(ServiceDefinition definition) {
    if (!canCreate(definition)) {
      throw new EngineException(
          Kind.REFUSED,
          "service "
              + definition.name()
              + " names no command, so no process can be started for it");
    }
    if (store.get(definition.containerName()) != null) {
      return;
    }
    tellWhatIsIgnored(definition);
    store.put(
        new ProcessRecord(
            definition.containerName(),
            definition.name(),
            definition.container().command(),
            definition.container().environment(),
            clock.instant(),
            0,
            0,
            null));
  }

  private static void tellWhatIsIgnored(ServiceDefinition definition) {
    ContainerSpec spec = definition.container();
    boolean more =
        spec.image() != null
            || !spec.volumes().isEmpty()
            || !spec.resources().equals(Resources.UNLIMITED)
            || spec.user() != null
            || !spec.networks().isEmpty();
    if (more) {
      log.atInfo()
          .addKeyValue("service", definition.name())
          .log("runs as a process: image, volumes, limits, user and networks mean nothing here");
    }
  }

  @Override
  public void start(String name) {
    ProcessRecord record = existing("start", name);
    ProcStat stat = Children.alive(record);
    if (stat != null && stat.isStopped()) {
      throw new EngineException(Kind.CONFLICT, "start of " + name + " failed: it is paused");
    }
    if (stat != null) {
      return;
    }
    try {
      Process child = launcher.launch(record, store.logOf(name));
      children.add(name, child);
      ProcStat begun = ProcStat.read(child.pid());
      store.put(
          record.started(child.pid(), begun == null ? 0 : begun.startTicks(), clock.instant()));
      var unused = child.onExit().thenRun(watch::lookNow);
    } catch (IOException e) {
      throw new EngineException(Kind.REFUSED, "start of " + name + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public void pause(String name) {
    signal("pause", name, Signals.STOP, stat -> stat != null && stat.isStopped());
  }

  @Override
  public void unpause(String name) {
    signal("unpause", name, Signals.CONT, stat -> stat != null && !stat.isStopped());
  }

  /** Processes have no limits here. */
  @Override
  public void limit(String name, Limits limits) {
    existing("limit", name);
  }

  private interface Condition {
    boolean holds(@Nullable ProcStat stat);
  }

  private void signal(String what, String name, int signal, Condition wanted) {
    ProcessRecord record = existing(what, name);
    if (Children.alive(record) == null) {
      throw new EngineException(Kind.CONFLICT, what + " of " + name + " failed: it does not run");
    }
    Signals.send(record.pid(), signal);
    if (!await(() -> wanted.holds(Children.alive(record)), OBEYS_WITHIN)) {
      throw new EngineException(
          Kind.TIMED_OUT, what + " of " + name + " had no effect within " + OBEYS_WITHIN);
    }
  }

  @Override
  public void stop(String name, @Nullable Duration grace) {
    ProcessRecord record = existing("stop", name);
    if (Children.alive(record) == null) {
      return;
    }
    Signals.send(record.pid(), Signals.TERM);
    // One that is paused would never come to see the signal.
    Signals.send(record.pid(), Signals.CONT);
    if (await(() -> Children.alive(record) == null, grace == null ? DEFAULT_STOP_GRACE : grace)) {
      return;
    }
    Signals.send(record.pid(), Signals.KILL);
    if (!await(() -> Children.alive(record) == null, OBEYS_WITHIN)) {
      throw new EngineException(Kind.TIMED_OUT, "stop of " + name + " had no effect, even killed");
    }
  }

  private static boolean await(BooleanSupplier condition, Duration atMost) {
    long deadline = System.nanoTime() + atMost.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineException(Kind.INTERRUPTED, "the actuator is stopping", e);
    }
  }

  @Override
  public void remove(String name) {
    if (store.get(name) != null) {
      stop(name, Duration.ZERO);
      store.remove(name);
      children.remove(name);
    }
  }

  private ProcessRecord existing(String what, String name) {
    ProcessRecord record = store.get(name);
    if (record == null) {
      throw new EngineException(Kind.NO_SUCH_CONTAINER, what + " failed: no such process: " + name);
    }
    return record;
  }

  @Override
  public Subscription watch(EngineListener listener) {
    watch.add(listener);
    return () -> watch.remove(listener);
  }

  @Override
  public @Nullable UsageReading usage(ContainerSnapshot container) {
    ProcessRecord record = store.get(container.name());
    return record == null || Children.alive(record) == null
        ? null
        : ProcessUsage.read(record, sockets, clock.instant());
  }

  @Override
  public @Nullable NetworkReading network(ContainerSnapshot container) {
    ProcessRecord record = store.get(container.name());
    return record == null || Children.alive(record) == null
        ? null
        : ProcessUsage.network(ProcStat.tree(record.pid()));
  }

  /** Processes write where they like: which files are whose is not to be told. */
  @Override
  public Map<String, Long> storage(Duration within) {
    return Map.of();
  }

  /** Processes have no control group of their own to take it from. */
  @Override
  public @Nullable Reclaim reclaim(
      ContainerSnapshot container, long downTo, BooleanSupplier abandoned) {
    return null;
  }

  /** The processes run on, or sleep on. */
  @Override
  public void close() {
    watch.close();
  }
}
