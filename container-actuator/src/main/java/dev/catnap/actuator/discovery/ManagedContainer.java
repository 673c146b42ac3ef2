package dev.catnap.actuator.discovery;

import dev.catnap.actuator.engine.ContainerSnapshot;

/**
 * A container that is given to us.
 *
 * @param labelled by its own labels, else by a definition
 */
public record ManagedContainer(String service, ContainerSnapshot container, boolean labelled) {}
