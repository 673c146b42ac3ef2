package dev.catnap.actuator.discovery.watch;

import dev.catnap.events.ServiceDefinition;

/** Takes the definitions that labels hold. */
public interface DefinitionSink {
  void found(ServiceDefinition definition);

  /** There is no such service any more. */
  void withdrawn(String service);
}
