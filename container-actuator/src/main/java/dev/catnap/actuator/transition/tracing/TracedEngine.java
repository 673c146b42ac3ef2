package dev.catnap.actuator.transition.tracing;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.EngineInfo;
import dev.catnap.actuator.engine.EngineListener;
import dev.catnap.actuator.engine.Limits;
import dev.catnap.actuator.engine.NetworkReading;
import dev.catnap.actuator.engine.Reclaim;
import dev.catnap.actuator.engine.UsageReading;
import dev.catnap.actuator.transition.execution.CurrentCommand;
import dev.catnap.events.ServiceDefinition;
import dev.catnap.kit.tracing.Traces.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes a step of each call that carries a command out. Stands before an engine only if asked. */
public final class TracedEngine implements ContainerEngine {
  private final ContainerEngine engine;
  private final CommandTraces traces;

  public TracedEngine(ContainerEngine engine, CommandTraces traces) {
    this.engine = engine;
    this.traces = traces;
  }

  private void traced(String name, String container, Runnable call) {
    traced(
        name,
        container,
        () -> {
          call.run();
          return container;
        });
  }

  private <T> T traced(String name, String container, Supplier<T> call) {
    Step step = traces.call(name, container, CurrentCommand.id());
    try {
      return call.get();
    } catch (EngineException e) {
      step.failed(e.reason());
      throw e;
    } finally {
      step.end(traces.now());
    }
  }

  @Override
  public EngineInfo info() {
    return engine.info();
  }

  @Override
  public List<ContainerSnapshot> list() {
    return engine.list();
  }

  @Override
  public ContainerSnapshot inspect(String name) {
    return traced("inspect", name, () -> engine.inspect(name));
  }

  @Override
  public boolean canCreate(ServiceDefinition definition) {
    return engine.canCreate(definition);
  }

  @Override
  public void create(ServiceDefinition definition) {
    traced("create", definition.containerName(), () -> engine.create(definition));
  }

  @Override
  public void start(String name) {
    traced("start", name, () -> engine.start(name));
  }

  @Override
  public void pause(String name) {
    traced("pause", name, () -> engine.pause(name));
  }

  @Override
  public void unpause(String name) {
    traced("unpause", name, () -> engine.unpause(name));
  }

  @Override
  public void unpause(String name, Runnable running) {
    traced("unpause", name, () -> engine.unpause(name, running));
  }

  @Override
  public void stop(String name, @Nullable Duration grace) {
    traced("stop", name, () -> engine.stop(name, grace));
  }

  @Override
  public void remove(String name) {
    traced("remove", name, () -> engine.remove(name));
  }

  @Override
  public Subscription watch(EngineListener listener) {
    return engine.watch(listener);
  }

  @Override
  public @Nullable UsageReading usage(ContainerSnapshot container) {
    return engine.usage(container);
  }

  @Override
  public @Nullable NetworkReading network(ContainerSnapshot container) {
    return engine.network(container);
  }

  @Override
  public Map<String, Long> storage(Duration within) {
    return engine.storage(within);
  }

  @Override
  public @Nullable Reclaim reclaim(
      ContainerSnapshot container, long downTo, BooleanSupplier abandoned) {
    return engine.reclaim(container, downTo, abandoned);
  }

  @Override
  public void limit(String name, Limits limits) {
    engine.limit(name, limits);
  }

  @Override
  public void close() {
    engine.close();
  }
}
