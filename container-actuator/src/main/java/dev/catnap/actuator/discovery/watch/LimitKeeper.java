package dev.catnap.actuator.discovery.watch;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.actuator.engine.EngineException;
import dev.catnap.actuator.engine.Limits;
import dev.catnap.events.Resources;
import dev.catnap.events.ServiceDefinition;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives containers that exist the limits that their definition names, also when it changes: a
 * recommendation that is applied takes effect at once, without a restart. What a definition leaves
 * open stays as it is, unless it was a definition that set it: then it is lifted again.
 */
final class LimitKeeper {
  private static final Logger log = LoggerFactory.getLogger(LimitKeeper.class);

  private final ContainerEngine engine;

  /** By container id, which differs once it is made anew. */
  private final Map<String, Resources> kept = new ConcurrentHashMap<>();

  /** What failed and was told; it is tried again at each comparison. */
  private final Map<String, Resources> told = new ConcurrentHashMap<>();

  LimitKeeper(ContainerEngine engine) {
    this.engine = engine;
  }

  /** Whether there is something to do; costs nothing. */
  boolean isNews(ContainerSnapshot container, ServiceDefinition definition) {
    Resources wanted = definition.container().resources();
    return !wanted.equals(kept.getOrDefault(container.id(), Resources.UNLIMITED));
  }

  /** To be called in the service's lane. */
  void keep(ContainerSnapshot container, ServiceDefinition definition) {
    Resources wanted = definition.container().resources();
    Limits limits = limits(wanted, kept.get(container.id()));
    try {
      if (!limits.isEmpty() && !limits.hold(engine.inspect(container.name()))) {
        engine.limit(container.name(), limits);
        tell(container, definition, limits);
      }
      kept.put(container.id(), wanted);
      told.remove(container.id());
    } catch (EngineException e) {
      if (!wanted.equals(told.put(container.id(), wanted))) {
        log.atWarn()
            .addKeyValue("service", definition.name())
            .addKeyValue("container", container.name())
            .addKeyValue("cause", e.reason())
            .log("the limits of the definition are not set, trying again at each comparison");
      }
    }
  }

  /** Processes have no limits, so nothing is told of them. */
  private void tell(ContainerSnapshot container, ServiceDefinition definition, Limits limits) {
    ContainerSnapshot is = engine.inspect(container.name());
    if (is.memoryLimitBytes() != null || is.cpuLimitCores() != null) {
      log.atInfo()
          .addKeyValue("service", definition.name())
          .addKeyValue("container", container.name())
          .addKeyValue("memory", limits.memoryBytes())
          .addKeyValue("cpu", limits.cpuCores())
          .log("limits set as defined");
    }
  }

  private static Limits limits(Resources wanted, @Nullable Resources before) {
    Long memory = wanted.memoryBytes();
    if (memory == null && before != null && before.memoryBytes() != null) {
      memory = Limits.ALL_MEMORY;
    }
    Double cores = wanted.cpuCores();
    if (cores == null && before != null && before.cpuCores() != null) {
      cores = Limits.ALL_CORES;
    }
    return new Limits(memory, cores);
  }
}
