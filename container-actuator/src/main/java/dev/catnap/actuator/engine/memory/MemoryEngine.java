package dev.catnap.actuator.engine.memory;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.ContainerStatus;
import dev.catnap.actuator.engine.EngineEvent;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.actuator.engine.EngineListener;
import dev.catnap.actuator.engine.Limits;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.Reclaim;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.events.ServiceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Containers that exist in memory only: for tests, and to try a policy without touching anything.
 */
public final class MemoryEngine implements ContainerEngine {
  private static final long RESIDENT_BYTES = 32L << 20;

  /** Decides whether a call fails: throws what the call shall throw. */
  public interface Fault {
    void before(String call, String containerName);
  }

  private final InstantSource clock;
  private final Map<String, ContainerSnapshot> containers = new ConcurrentHashMap<>();
  private final Map<String, Long> resident = new ConcurrentHashMap<>();
  private final Map<String, NetworkReading> network = new ConcurrentHashMap<>();
  private final Map<String, Long> storage = new ConcurrentHashMap<>();
  private final List<EngineListener> listeners = new CopyOnWriteArrayList<>();
  private final AtomicLong ids = new AtomicLong();
  private volatile Fault fault = (call, name) -> {};

  public MemoryEngine(InstantSource clock) {
    this.clock = clock;
  }

  public void failWith(Fault next) {
    this.fault = next;
  }

  /** Puts a container there as somebody else would; replaces one of the same name. */
  public void put(String name, ContainerStatus status, Map<String, String> labels) {
    change(
        ContainerSnapshot.listed(newId(), name, status, "127.0.0.1", clock.instant(), labels),
        EngineEvent.Kind.CREATED);
  }

  /** What is to be seen of a container's network from now on; else it is silent. */
  public void see(String name, NetworkReading reading) {
    network.put(name, reading);
  }

  /** What a container's disk is measured to be from now on; else it is not measured. */
  public void hold(String name, long bytes) {
    storage.put(name, bytes);
  }

  /** Every stream of events ends, as when the engine goes away. */
  public void loseStreams() {
    List<EngineListener> lost = List.copyOf(listeners);
    listeners.clear();
    lost.forEach(listener -> listener.lost("told to"));
  }

  @Override
  public EngineInfo info() {
    fault.before("info", "");
    return new EngineInfo("memory", "1", "memory");
  }

  @Override
  public List<ContainerSnapshot> list() {
    fault.before("list", "");
    return List.copyOf(containers.values());
  }

  @Override
  public ContainerSnapshot inspect(String name) {
    fault.before("inspect", name);
    return containers.getOrDefault(name, ContainerSnapshot.absent(name));
  }

  @Override
  public boolean canCreate(ServiceDefinition definition) {
    return definition.isCreatable();
  }

  @Override
  public synchronized void create(ServiceDefinition definition) {
    String name = definition.containerName();
    fault.before("create", name);
    if (!containers.containsKey(name)) {
      put(
          name,
          ContainerStatus.CREATED,
          Map.of("catnap.managed", "true", "catnap.service", definition.name()));
    }
  }

  @Override
  public synchronized void start(String name) {
    ContainerSnapshot container = existing("start", name);
    if (container.isPaused()) {
      throw conflict("start", container);
    }
    if (container.isDown()) {
      change(with(container, ContainerStatus.RUNNING), EngineEvent.Kind.STARTED);
    }
  }

  @Override
  public synchronized void pause(String name) {
    ContainerSnapshot container = existing("pause", name);
    if (container.isDown()) {
      throw conflict("pause", container);
    }
    if (!container.isPaused()) {
      change(with(container, ContainerStatus.PAUSED), EngineEvent.Kind.PAUSED);
    }
  }

  @Override
  public synchronized void unpause(String name) {
    ContainerSnapshot container = existing("unpause", name);
    if (container.isDown()) {
      throw conflict("unpause", container);
    }
    if (container.isPaused()) {
      change(with(container, ContainerStatus.RUNNING), EngineEvent.Kind.UNPAUSED);
    }
  }

  @Override
  public synchronized void limit(String name, Limits limits) {
    ContainerSnapshot is = existing("limit", name);
    containers.put(name, limited(is, limits));
  }

  private static ContainerSnapshot limited(ContainerSnapshot is, Limits limits) {
    Long memory = limits.memoryBytes();
    Double cores = limits.cpuCores();
    return new ContainerSnapshot(
        is.id(),
        is.name(),
        is.status(),
        is.health(),
        is.exitCode(),
        is.oomKilled(),
        is.address(),
        is.exposedPort(),
        is.pid(),
        is.createdAt(),
        is.startedAt(),
        is.stopGrace(),
        memory == null ? is.memoryLimitBytes() : Long.valueOf(memory),
        cores == null ? is.cpuLimitCores() : Double.valueOf(cores),
        is.labels());
  }

  @Override
  public synchronized void stop(String name, @Nullable Duration grace) {
    ContainerSnapshot container = existing("stop", name);
    if (!container.isDown()) {
      change(with(container, ContainerStatus.EXITED), EngineEvent.Kind.DIED);
    }
  }

  @Override
  public synchronized void remove(String name) {
    fault.before("remove", name);
    ContainerSnapshot container = containers.remove(name);
    if (container != null) {
      tell(container, EngineEvent.Kind.REMOVED);
    }
  }

  @Override
  public Subscription watch(EngineListener listener) {
    fault.before("watch", "");
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public @Nullable UsageReading usage(ContainerSnapshot container) {
    return container.isDown()
        ? null
        : new UsageReading(
            container.id(),
            clock.instant(),
            0,
            null,
            resident.getOrDefault(container.name(), RESIDENT_BYTES),
            0,
            null,
            1,
            0,
            0,
            0,
            0,
            network.getOrDefault(container.name(), NetworkReading.SILENT).connections());
  }

  @Override
  public @Nullable NetworkReading network(ContainerSnapshot container) {
    fault.before("network", container.name());
    return container.isDown()
        ? null
        : network.getOrDefault(container.name(), NetworkReading.SILENT);
  }

  @Override
  public Map<String, Long> storage(Duration within) {
    fault.before("storage", "");
    Map<String, Long> held = new HashMap<>(storage);
    held.keySet().retainAll(containers.keySet());
    return held;
  }

  /** Nothing is kept above what may be kept. */
  @Override
  public @Nullable Reclaim reclaim(
      ContainerSnapshot container, long downTo, BooleanSupplier abandoned) {
    fault.before("reclaim", container.name());
    if (!container.isPaused()) {
      return null;
    }
    boolean complete = !abandoned.getAsBoolean();
    if (complete) {
      resident.put(container.name(), Math.min(RESIDENT_BYTES, downTo));
    }
    return new Reclaim(
        RESIDENT_BYTES, resident.getOrDefault(container.name(), RESIDENT_BYTES), complete);
  }

  private ContainerSnapshot existing(String call, String name) {
    fault.before(call, name);
    ContainerSnapshot container = containers.get(name);
    if (container == null) {
      throw new EngineException(
          EngineException.Kind.NO_SUCH_CONTAINER, call + " failed: no such container: " + name);
    }
    return container;
  }

  private static EngineException conflict(String call, ContainerSnapshot container) {
    return new EngineException(
        EngineException.Kind.CONFLICT,
        call + " of " + container.name() + " failed: it is " + container.status());
  }

  private static ContainerSnapshot with(ContainerSnapshot container, ContainerStatus status) {
    return limited(
        ContainerSnapshot.listed(
            container.id(),
            container.name(),
            status,
            container.address(),
            container.createdAt(),
            container.labels()),
        new Limits(container.memoryLimitBytes(), container.cpuLimitCores()));
  }

  private void change(ContainerSnapshot next, EngineEvent.Kind kind) {
    containers.put(next.name(), next);
    tell(next, kind);
  }

  private void tell(ContainerSnapshot container, EngineEvent.Kind kind) {
    Instant at = clock.instant();
    EngineEvent event =
        new EngineEvent(
            newId(), kind, container.id(), container.name(), at, null, container.labels());
    listeners.forEach(listener -> listener.happened(event));
  }

  private String newId() {
    return "memory-" + ids.incrementAndGet();
  }

  @Override
  public void close() {
    listeners.clear();
  }
}
