package dev.catnap.actuator.engine.memory;

import dev.catnap.actuator.engine.ContainerEngine;
import dev.catnap.actuator.engine.ContainerEngineContract;
import dev.catnap.actuator.engine.Definitions;
import dev.catnap.events.ServiceDefinition;
import java.time.Clock;

class MemoryEngineTest extends ContainerEngineContract {
  @Override
  protected ContainerEngine newEngine() {
    return new MemoryEngine(Clock.systemUTC());
  }

  @Override
  protected ServiceDefinition runsForEver(String name) {
    return Definitions.of(name, "image", "any");
  }

  @Override
  protected void writes(String name, long bytes) {
    ((MemoryEngine) engine).hold(name, bytes);
  }
}
