package dev.catnap.actuator.transition;

import dev.catnap.actuator.engine.ContainerSnapshot;
import dev.catnap.events.ServiceDefinition;
import java.util.List;

/** Knows which containers are given to us, and to which service they belong. */
public interface ServiceContainers {
  /** What a service is to this host. */
  sealed interface Found {
    /**
     * Ours to act on.
     *
     * @param definition as published, or all defaults where none is known yet
     * @param containers names, at least one; some may not exist yet
     */
    record Here(ServiceDefinition definition, List<String> containers) implements Found {}

    /** Another host's. */
    record Elsewhere() implements Found {}

    /** Neither labelled nor defined. */
    record Stranger() implements Found {}
  }

  Found find(String service);

  /** Whether the container, as inspected just now, is given to us as part of that service. */
  boolean owns(String service, ContainerSnapshot container);
}
